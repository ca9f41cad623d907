package org.eglr.internal;

import static org.eglr.internal.model.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.ListScore;
import org.eglr.PairEffects;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.eglr.internal.cpu.CpuEvaluator;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.PairFields;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pair term of click logits against the double sum that {@link PairEffects} writes down. */
class PairTermTest {

  private static final int POOL = 17;

  @ParameterizedTest
  @CsvSource({
    "MATCH, JAVA", "FACTORS, JAVA", "DIFFERENCES, JAVA", "ALL, JAVA",
    "MATCH, SAMEDIFF", "FACTORS, SAMEDIFF", "DIFFERENCES, SAMEDIFF", "ALL, SAMEDIFF"
  })
  void the_term_is_the_double_sum(PairEffects effects, Engine engine) {
    for (long seed = 1; seed <= 3; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Architecture paired = RandomRequests.architecture(effects, 2, seed);
      Weights weights = RandomRequests.withPairs(paired.evaluator(), random);
      Architecture blind = RandomRequests.architecture(PairEffects.NONE, 2, seed);
      List<Request> requests = RandomRequests.requests(random, 5, POOL, POOL);
      int[] lengths = {1, 2, 5, POOL, 11};
      List<int[]> orders =
          Arrays.stream(lengths)
              .mapToObj(n -> Arrays.copyOf(RandomRequests.permutation(random, POOL), n))
              .toList();
      List<double[]> with = logits(engine, paired, weights, requests, orders);
      List<double[]> without = logits(engine, blind, weights, requests, orders);
      for (int b = 0; b < lengths.length; b++) {
        double[] expected = term(effects, weights, requests.get(b), orders.get(b));
        double[] actual = new double[lengths[b]];
        for (int k = 0; k < actual.length; k++) {
          actual[k] = with.get(b)[k] - without.get(b)[k];
        }
        assertClose(expected, actual, 1e-4, effects + ", list of " + lengths[b]);
      }
    }
  }

  private static List<double[]> logits(
      Engine engine,
      Architecture architecture,
      Weights weights,
      List<Request> requests,
      List<int[]> orders) {
    Weights own = architecture.evaluator();
    own.setFrom(weights);
    try (EvaluatorScorer scorer = new EvaluatorScorer(engine, architecture, own)) {
      return scorer.score(requests, orders).stream()
          .map(ListScore::clickProbabilities)
          .map(p -> Arrays.stream(p).map(x -> Math.log(x / (1 - x))).toArray())
          .toList();
    }
  }

  /** As the formula is written: every position, every other one. */
  private static double[] term(PairEffects effects, Weights weights, Request request, int[] order) {
    int n = order.length;
    double[] term = new double[n];
    for (int k = 0; k < n; k++) {
      for (int j = 0; j < n; j++) {
        if (j == k) {
          continue;
        }
        for (int f = 0; f < 2; f++) { // both categorical fields of the items have few ids
          int here = request.itemIds()[2 * order[k] + f];
          if (here > 0 && here == request.itemIds()[2 * order[j] + f]) {
            term[k] += weights.data("pair.v")[f] * kernel(weights, "pair.w", f, j - k);
          }
        }
        for (int h = 0; effects.differences() && h < 2; h++) {
          double difference =
              request.itemValues()[2 * order[k] + h] - request.itemValues()[2 * order[j] + h];
          term[k] +=
              weights.data("pair.v")[2 + h]
                  * kernel(weights, "pair.w", 2 + h, j - k)
                  * Math.tanh(difference);
        }
        for (int r = 0; effects.factors() && r < 4; r++) {
          term[k] +=
              weights.data("pair.g")[r]
                  * factor(weights, "pair.a", r, request, order[k])
                  * kernel(weights, "pair.c", r, j - k)
                  * factor(weights, "pair.b", r, request, order[j]);
        }
      }
    }
    return term;
  }

  /** Weights of distances -10 to -1, then 1 to 10. */
  private static double kernel(Weights weights, String name, int row, int distance) {
    int within = Math.max(-10, Math.min(10, distance));
    return weights.data(name)[row * 20 + (within < 0 ? within + 10 : within + 9)];
  }

  /** The rows of ids 1 to 39 of the first field, below them of 1 to 4 of the second. */
  private static double factor(Weights weights, String name, int r, Request request, int item) {
    double sum = 0;
    for (int f = 0; f < 2; f++) {
      int id = request.itemIds()[2 * item + f];
      sum += id == 0 ? 0 : weights.data(name)[4 * (id - 1 + (f == 0 ? 0 : 39)) + r];
    }
    return sum;
  }

  @Test
  void new_models_start_as_those_without_pair_effects() {
    SplittableRandom random = new SplittableRandom(5);
    List<Request> requests = RandomRequests.requests(random, 4, 8, 8);
    List<int[]> orders = IntStream.range(0, 4).mapToObj(b -> new int[] {3, 1, 7, 0}).toList();
    Architecture blind = RandomRequests.architecture(PairEffects.NONE, 2, 5);
    List<double[]> expected = logits(Engine.JAVA, blind, blind.evaluator(), requests, orders);
    for (PairEffects effects : PairEffects.values()) {
      Architecture paired = RandomRequests.architecture(effects, 2, 5);
      List<double[]> actual = logits(Engine.JAVA, paired, paired.evaluator(), requests, orders);
      for (int b = 0; b < 4; b++) {
        assertArrayEquals(expected.get(b), actual.get(b), effects.name());
      }
    }
  }

  @Test
  void fields_of_many_ids_do_not_take_part() {
    Architecture sample = RandomRequests.architecture(PairEffects.ALL, 2, 1);
    Schema schema =
        new Schema(
            List.of(),
            List.of(),
            List.of(
                vocabulary("item", 1000),
                vocabulary("brand", 500),
                vocabulary("shop", 499),
                vocabulary("category", 5)),
            List.of());
    assertEquals(2, new PairFields(new Architecture(schema, sample.settings())).matches());
    Schema ids = new Schema(List.of(), List.of(), List.of(vocabulary("item", 65)), List.of());
    Settings settings = sample.settings();
    assertEquals(0, new PairFields(new Architecture(ids, settings)).channels());
    long blind = RandomRequests.architecture(PairEffects.NONE, 2, 1).evaluatorSize();
    assertEquals(blind + 4 * 21 + 4 * 21 + 2 * 4 * (39 + 4), sample.evaluatorSize());
  }

  @Test
  void lists_of_unknown_items_are_refused() {
    Architecture architecture = RandomRequests.architecture(PairEffects.MATCH, 2, 1);
    try (var cpu = new CpuEvaluator(architecture, architecture.evaluator(), false)) {
      ListBatch lists = ListBatch.unlabelled(new int[] {3});
      Exception error =
          assertThrows(IllegalArgumentException.class, () -> cpu.score(lists, new float[24]));
      assertEquals("an evaluator with pair effects must know lists' items", error.getMessage());
    }
  }

  private static Vocabulary vocabulary(String field, int size) {
    return new Vocabulary(field, IntStream.range(1, size).mapToObj(String::valueOf).toList());
  }
}
