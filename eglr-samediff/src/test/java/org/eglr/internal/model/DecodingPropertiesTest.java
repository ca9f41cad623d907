package org.eglr.internal.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.data.Request;
import org.eglr.internal.ListWriter;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;

/** What must hold for every list, over many random models and requests. */
class DecodingPropertiesTest {

  private static final int SEEDS = 100;

  private static final double THRESHOLD = 0.9;

  private static final Reasoning REASONING =
      new Reasoning(2, THRESHOLD, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL, true);

  /** A model and a request by the seed. */
  private static final class Case {
    final Architecture architecture;
    final Weights weights;
    final Request request;
    final ListWriter writer;

    Case(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      architecture = RandomRequests.architecture(REASONING, true, seed);
      weights = RandomRequests.spread(architecture.generator(), 3);
      int pool = 2 + random.nextInt(12);
      request = RandomRequests.request(random, pool, 1 + random.nextInt(pool));
      writer = new ListWriter(Engine.JAVA, architecture, weights, weights);
    }

    Trajectory greedy(Request asked) {
      return writer.greedy(List.of(asked)).get(0).lists().get(0);
    }

    ListWriter.Traced traced() {
      return writer.trace(List.of(request)).get(0);
    }

    List<Trajectory> sampled(int count, long seed) {
      return writer
          .write(List.of(request), count, i -> Chooser.sampling(CounterRandom.stream(seed, i)))
          .get(0)
          .lists();
    }
  }

  @Test
  void every_list_is_made_of_distinct_candidates() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Case c = new Case(seed);
      for (Trajectory list : c.sampled(8, seed)) {
        assertEquals(c.request.length(), list.order().length);
        assertEquals(list.order().length, Arrays.stream(list.order()).distinct().count());
        int pool = c.request.pool();
        assertTrue(Arrays.stream(list.order()).allMatch(i -> i >= 0 && i < pool));
      }
    }
  }

  @Test
  void the_pools_order_does_not_change_the_greedy_items() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Case c = new Case(seed);
      int[] order = RandomRequests.permutation(new SplittableRandom(seed + 1), c.request.pool());
      int[] expected = c.greedy(c.request).order();
      int[] shuffled = c.greedy(RandomRequests.shuffled(c.request, order)).order();
      int[] back = Arrays.stream(shuffled).map(i -> order[i]).toArray();
      assertArrayEquals(expected, back, "seed " + seed);
    }
  }

  @Test
  void batch_mates_change_nothing() {
    for (long seed = 0; seed < SEEDS / 4; seed++) {
      Case c = new Case(seed);
      SplittableRandom random = new SplittableRandom(seed + 2);
      List<Request> mates = RandomRequests.requests(random, 5, 7, 4);
      List<Request> batch =
          List.of(mates.get(0), mates.get(1), c.request, mates.get(2), mates.get(3));
      Trajectory alone = c.greedy(c.request);
      Trajectory together = c.writer.greedy(batch).get(2).lists().get(0);
      assertArrayEquals(alone.order(), together.order());
      assertArrayEquals(alone.entropyAfter(), together.entropyAfter());
      assertEquals(alone.logProbability(), together.logProbability());
    }
  }

  /** A longer list begins with the shorter one: nothing looks ahead. */
  @Test
  void decoding_is_causal() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Case c = new Case(seed);
      Trajectory whole = c.greedy(c.request.withLength(c.request.pool()));
      for (int length = 1; length <= c.request.pool(); length++) {
        Trajectory part = c.greedy(c.request.withLength(length));
        assertArrayEquals(Arrays.copyOf(whole.order(), length), part.order());
        assertArrayEquals(Arrays.copyOf(whole.entropyBefore(), length), part.entropyBefore());
        assertArrayEquals(Arrays.copyOf(whole.steps(), length), part.steps());
      }
    }
  }

  @Test
  void same_seed_same_lists_and_other_seeds_others() {
    int differ = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Case c = new Case(seed);
      List<Trajectory> first = c.sampled(4, seed);
      List<Trajectory> again = c.sampled(4, seed);
      List<Trajectory> other = c.sampled(4, seed + 1000);
      for (int i = 0; i < 4; i++) {
        assertArrayEquals(first.get(i).order(), again.get(i).order());
        differ += Arrays.equals(first.get(i).order(), other.get(i).order()) ? 0 : 1;
      }
    }
    assertTrue(differ > SEEDS, differ + " of " + 4 * SEEDS + " lists differ");
  }

  @Test
  void entropy_lies_between_zero_and_that_of_a_uniform_choice() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Case c = new Case(seed);
      Trajectory list = c.greedy(c.request);
      for (int k = 0; k < list.order().length; k++) {
        double most = Math.log(c.request.pool() - k) + 1e-9;
        assertTrue(list.entropyBefore()[k] >= 0 && list.entropyBefore()[k] <= most);
        assertTrue(list.entropyAfter()[k] >= 0 && list.entropyAfter()[k] <= most);
      }
    }
  }

  /** The gate: it reasons exactly while entropy is above the threshold and the budget lasts. */
  @Test
  void reasoning_stops_at_the_threshold_or_the_budget() {
    int reasoned = 0;
    int decided = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Case c = new Case(seed);
      var traced = c.traced();
      for (var decision : traced.trace().decisions()) {
        double[] entropy = decision.entropy();
        for (int m = 0; m < entropy.length - 1; m++) {
          assertTrue(entropy[m] > THRESHOLD);
          reasoned++;
        }
        boolean atLimit = decision.reasoningSteps() == REASONING.maxSteps();
        assertTrue(atLimit || decision.entropyAfter() <= THRESHOLD);
        decided += decision.reasoningSteps() == 0 ? 1 : 0;
      }
    }
    assertTrue(reasoned > 100 && decided > 20, reasoned + " tokens, " + decided + " without");
  }

  /**
   * Sampled frequencies follow the probabilities (eq. 12): a chi-square test at the 0.1 % level.
   */
  @Test
  void the_first_item_is_drawn_by_its_probability() {
    Case c = new Case(5);
    float[] expected = c.traced().trace().decisions().get(0).probability();
    int draws = 20_000;
    int[] counts = new int[c.request.pool()];
    c.sampled(draws, 1).forEach(list -> counts[list.order()[0]]++);
    double chi =
        IntStream.range(0, counts.length)
            .filter(i -> expected[i] * draws > 5)
            .mapToDouble(i -> Math.pow(counts[i] - expected[i] * draws, 2) / (expected[i] * draws))
            .sum();
    double limit = counts.length + 4 * Math.sqrt(2.0 * counts.length) + 5;
    assertTrue(chi < limit, "chi-square " + chi + ", limit " + limit);
  }

  /** The trace tells what happened: attention weights make the recorded reasoning tokens. */
  @Test
  void attention_weights_make_the_reasoning_tokens() {
    for (long seed = 0; seed < SEEDS / 4; seed++) {
      Case c = new Case(seed);
      float[] z = new FeatureMlp(c.architecture, c.weights).candidates(c.request);
      var traced = c.traced();
      int d = c.architecture.settings().width();
      int token = 0;
      for (var decision : traced.trace().decisions()) {
        for (float[] weights : decision.attention()) {
          for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int j = 0; j < weights.length; j++) {
              sum += weights[j] * z[j * d + i];
            }
            assertEquals(sum, traced.list().tokens()[token * d + i], 1e-4);
          }
          token++;
        }
      }
      assertEquals(traced.list().reasoning(), token);
    }
  }
}
