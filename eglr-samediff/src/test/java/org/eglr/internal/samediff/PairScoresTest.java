package org.eglr.internal.samediff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eglr.PairEffects;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.internal.cpu.CpuDecoder;
import org.eglr.internal.cpu.CpuReplay;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.DecisionWatcher;
import org.eglr.internal.model.DecodingEngine;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.PairScores;
import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.RandomLists;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.replay.ReplayGraph;
import org.eglr.internal.samediff.step.GraphDecoder;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What the items chosen so far add to scores: the formula by hand, both engines, the gradient. */
class PairScoresTest {

  private static final double TEMPERATURE = 0.8;
  private static final int WIDTH = 8;

  private static Reasoning reasoning(int budget, QueryUpdate query) {
    ReasoningToken token = budget == 0 ? ReasoningToken.NONE : ReasoningToken.CONTEXT_AWARE;
    return new Reasoning(budget, -1, TEMPERATURE, 1, token, query, false);
  }

  private static Architecture architecture(
      Reasoning reasoning, PairEffects effects, boolean pairs, long seed) {
    return new Architecture(
        RandomRequests.SCHEMA,
        new Settings(WIDTH, 2, 1, 1, 12, 3, 4, false, reasoning, effects, pairs, 1, seed));
  }

  private static CandidateVectors vectors(Request request, SplittableRandom random) {
    float[] z = new float[request.pool() * WIDTH];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextGaussian();
    }
    return new CandidateVectors(
        request,
        (of, chosen) -> {
          float[] rows = new float[chosen.length * WIDTH];
          for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(z, chosen[i] * WIDTH, rows, i * WIDTH, WIDTH);
          }
          return rows;
        });
  }

  /** Keeps each choice's probabilities. */
  private static final class Probabilities implements DecisionWatcher {
    final List<float[]> all = new ArrayList<>();

    @Override
    public void entropy(int position, double nats) {}

    @Override
    public void attention(float[] weights) {}

    @Override
    public void choice(int position, int item, float[] probability) {
      all.add(probability.clone());
    }
  }

  private static List<float[]> probabilities(
      DecodingEngine engine, CandidateVectors of, int[] order) {
    Probabilities watcher = new Probabilities();
    engine.decode(List.of(new ListTask(of, order.length, Chooser.forced(order), watcher)));
    return watcher.all;
  }

  /**
   * The documented sum, of the fields that take part: category, and with DIFFERENCES both values.
   */
  private static double added(
      Request request, float[] u, boolean differences, int[] order, int k, int j) {
    double sum = 0;
    for (int i = 0; i < k; i++) {
      int distance = Math.min(k - i, 10) - 1;
      int at = order[i];
      int[] ids = request.itemIds();
      if (ids[2 * j + 1] == ids[2 * at + 1] && ids[2 * j + 1] != 0) {
        sum += 5 * u[10 + distance];
      }
      if (ids[2 * j] == ids[2 * at] && ids[2 * j] != 0) {
        sum += 5 * u[distance];
      }
      for (int h = 0; differences && h < 2; h++) {
        float[] values = request.itemValues();
        sum += 5 * u[(2 + h) * 10 + distance] * Math.tanh(values[2 * j + h] - values[2 * at + h]);
      }
    }
    return sum;
  }

  @Test
  void scores_follow_the_documented_sum() {
    for (PairEffects effects : List.of(PairEffects.MATCH, PairEffects.ALL)) {
      for (long seed = 0; seed < 10; seed++) {
        Reasoning none = reasoning(0, QueryUpdate.REPLACE);
        Architecture with = architecture(none, effects, true, seed);
        Architecture without = architecture(none, effects, false, seed);
        Weights weights = RandomLists.weights(with, seed);
        Weights same = without.generator();
        same.all()
            .forEach(
                t -> System.arraycopy(weights.data(t.name()), 0, t.data(), 0, t.data().length));
        float[] u = weights.data(PairScores.NAME);
        SplittableRandom random = new SplittableRandom(seed);
        Request request = RandomRequests.request(random, 13, 12);
        CandidateVectors of = vectors(request, random);
        int[] order = Arrays.copyOf(RandomRequests.permutation(random, 13), 12);
        try (DecodingEngine cpu = new CpuDecoder(with, weights);
            DecodingEngine graph = new GraphDecoder(with, weights, none, 4);
            DecodingEngine plain = new CpuDecoder(without, same)) {
          List<float[]> before = probabilities(plain, of, order);
          for (DecodingEngine engine : List.of(cpu, graph)) {
            List<float[]> after = probabilities(engine, of, order);
            for (int k = 0; k < order.length; k++) {
              double[] expected = new double[13];
              for (int j = 0; j < 13; j++) {
                expected[j] =
                    before.get(k)[j]
                        * Math.exp(
                            added(request, u, effects == PairEffects.ALL, order, k, j)
                                / TEMPERATURE);
              }
              double sum = Arrays.stream(expected).sum();
              for (int j = 0; j < 13; j++) {
                assertEquals(
                    expected[j] / sum, after.get(k)[j], 2e-4, effects + ", " + engine.getClass());
              }
            }
          }
        }
      }
    }
  }

  static Stream<Reasoning> readings() {
    return Stream.of(
        reasoning(0, QueryUpdate.REPLACE),
        reasoning(2, QueryUpdate.RESIDUAL),
        reasoning(2, QueryUpdate.REPLACE),
        reasoning(2, QueryUpdate.GATED));
  }

  /** Both engines' gradients of u against differences of the loss, through reasoning tokens too. */
  @ParameterizedTest
  @MethodSource("readings")
  void gradients_are_those_of_the_loss(Reasoning reasoning) {
    for (PairEffects effects : List.of(PairEffects.MATCH, PairEffects.DIFFERENCES)) {
      long seed = 3;
      Architecture architecture = architecture(reasoning, effects, true, seed);
      Weights weights = RandomLists.weights(architecture, seed);
      SplittableRandom random = new SplittableRandom(seed);
      List<Request> requests = RandomRequests.requests(random, 2, 7, 5);
      float[] z = new float[2 * 7 * WIDTH];
      List<ListTask> tasks = new ArrayList<>();
      for (int r = 0; r < 2; r++) {
        CandidateVectors of = vectors(requests.get(r), random);
        System.arraycopy(of.all(), 0, z, r * 7 * WIDTH, 7 * WIDTH);
        for (int g = 0; g < 2; g++) {
          tasks.add(new ListTask(of, 5, Chooser.sampling(CounterRandom.stream(seed, r, g)), null));
        }
      }
      List<Trajectory> lists;
      try (DecodingEngine cpu = new CpuDecoder(architecture, weights);
          DecodingEngine graph = new GraphDecoder(architecture, weights, reasoning, 4)) {
        lists = cpu.decode(tasks);
        List<Trajectory> others = graph.decode(tasks);
        for (int i = 0; i < lists.size(); i++) {
          RandomLists.assertSame(lists.get(i), others.get(i), 1e-4, "list " + i);
        }
      }
      double[] coefficient = random.doubles(4, -1, 1).toArray();
      ReplayBatch batch = new ReplayBatch(7, new int[] {7, 7}, 2, requests, lists, coefficient);
      Map<String, double[]> onCpu;
      try (var cpu = new CpuReplay(architecture, weights)) {
        onCpu = cpu.gradient(batch, z, PolicyLoss.ON_POLICY).gradients();
      }
      try (var graph = new ReplayGraph(architecture, weights, reasoning, DataType.DOUBLE)) {
        Map<String, double[]> onGraph = graph.gradient(batch, z, PolicyLoss.ON_POLICY).gradients();
        float[] u = weights.data(PairScores.NAME);
        double[] slopes = new double[u.length];
        for (int i = 0; i < u.length; i++) {
          float value = u[i];
          float up = value + 1e-3f;
          float down = value - 1e-3f;
          u[i] = up;
          graph.update(weights);
          double above = graph.gradient(batch, z, PolicyLoss.ON_POLICY).loss();
          u[i] = down;
          graph.update(weights);
          slopes[i] =
              (above - graph.gradient(batch, z, PolicyLoss.ON_POLICY).loss())
                  / ((double) up - down);
          u[i] = value;
        }
        double largest = Arrays.stream(slopes).map(Math::abs).max().orElseThrow();
        assertTrue(largest > 0.01, "nothing depends on u");
        assertArrayEquals(slopes, onGraph.get(PairScores.NAME), 2e-4 * largest, "graph");
        assertArrayEquals(slopes, onCpu.get(PairScores.NAME), 5e-4 * largest, "plain Java");
      }
    }
  }

  @Test
  void a_new_generator_begins_as_one_without() {
    Reasoning none = reasoning(0, QueryUpdate.REPLACE);
    Architecture with = architecture(none, PairEffects.MATCH, true, 5);
    assertArrayEquals(new float[20], with.generator().data(PairScores.NAME));
    Architecture no = architecture(none, PairEffects.NONE, true, 5);
    assertTrue(no.generator().all().stream().noneMatch(t -> t.name().equals(PairScores.NAME)));
  }
}
