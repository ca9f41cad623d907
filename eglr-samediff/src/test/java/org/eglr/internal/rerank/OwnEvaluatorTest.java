package org.eglr.internal.rerank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eglr.ListScore;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.model.Tensor;
import org.eglr.rerank.EgRerank;
import org.eglr.train.RerankerTraining;
import org.eglr.train.TrainingLog;
import org.junit.jupiter.api.Test;

/** An evaluator of a model's own: what it learns, what it says, and that it stays as it is. */
class OwnEvaluatorTest {

  private static final Splits DATA =
      Simulator.preset("ad")
          .users(60)
          .items(80)
          .lists(300)
          .listLength(4)
          .pool(6)
          .seed(3)
          .log()
          .split(0.8, 0.1, 0.1);

  private static LearnedModel model() {
    EgRerank model = new EgRerank().width(12);
    ModelSpec spec = new ModelSpec(DATA.schema(), model, 4, 50, null, 2);
    return new LearnedModel(spec, spec.firstWeights(), Map.of());
  }

  private static RerankerTraining options() {
    return new RerankerTraining().learningRate(5e-3);
  }

  private static List<ListScore> scores(LearnedModel model, Request request, int[]... orders) {
    try (OwnJudge judge = new OwnJudge(model.spec(), model.weights())) {
      return judge.score(Collections.nCopies(orders.length, request), List.of(orders));
    }
  }

  private static double[] clicks(LearnedModel model, Request request, int... order) {
    return scores(model, request, order).get(0).clickProbabilities();
  }

  @Test
  void learns_the_clicks_of_one_batch_by_heart() {
    ListSet few = DATA.train().range(0, 16);
    LearnedModel model = model();
    TrainingLog log =
        model.train(null, few, options().stage("evaluator").epochs(400).batchSize(16));
    assertTrue(log.steps().get(399).values().get("loss") < 0.05, "of the last step");
    for (int list = 0; list < few.size(); list++) {
      double[] found = clicks(model, few.request(list), 0, 1, 2, 3);
      for (int k = 0; k < found.length; k++) {
        double wrong = few.clicked(list, k) ? 1 - found[k] : found[k];
        assertTrue(wrong < 0.5, "list " + list + ", place " + k + ": " + found[k]);
      }
    }
  }

  @Test
  void hears_what_stands_before_and_not_what_stands_behind() {
    LearnedModel model = model();
    Request request = DATA.test().request(0);
    double[] one = clicks(model, request, 4, 1, 2, 3);
    double[] behind = clicks(model, request, 4, 1, 5, 0);
    assertArrayEquals(Arrays.copyOf(one, 2), Arrays.copyOf(behind, 2), 1e-7);
    double[] before = clicks(model, request, 5, 1, 2, 3);
    for (int k = 1; k < 4; k++) {
      assertNotEquals(one[k], before[k], "place " + k);
    }
    double[] shorter = clicks(model, request, 4, 1);
    assertArrayEquals(Arrays.copyOf(one, 2), shorter, 1e-7);
  }

  /** More lists than a graph takes, the last of another length. */
  @Test
  void says_the_same_of_a_list_whatever_is_asked_beside() {
    LearnedModel model = model();
    Request request = DATA.test().request(1);
    int[][] orders = new int[300][];
    for (int l = 0; l < orders.length; l++) {
      orders[l] = new int[] {l % 6, (l + 1) % 6, (l + 2) % 6, (l + 3) % 6};
    }
    orders[299] = new int[] {3, 0};
    List<ListScore> together = scores(model, request, orders);
    for (int l : new int[] {0, 127, 128, 299}) {
      assertArrayEquals(
          clicks(model, request, orders[l]), together.get(l).clickProbabilities(), 1e-6);
    }
  }

  @Test
  void stays_as_it_is_while_lists_learn_to_please_it() {
    ListSet few = DATA.train().range(0, 8);
    LearnedModel model = model();
    model.train(null, few, options().epochs(60).reinforcedEpochs(1).batchSize(8));
    List<float[]> before = evaluator(model);
    model.train(
        null, few, options().stage("reinforced").reinforcedEpochs(200).batchSize(8).samples(8));
    List<float[]> after = evaluator(model);
    for (int t = 0; t < before.size(); t++) {
      assertArrayEquals(before.get(t), after.get(t));
    }
    double initial = 0;
    double best = 0;
    double own = 0;
    for (int list = 0; list < few.size(); list++) {
      Request request = few.request(list);
      List<ListScore> all = scores(model, request, permutations());
      initial += dcg(model, request, 0, 1, 2, 3);
      best += all.stream().mapToDouble(ListScore::dcg).max().orElseThrow();
      own += dcg(model, request, model.rerank(List.of(request), null, Map.of()).get(0).order());
    }
    assertTrue(own > initial + 0.8 * (best - initial), own + " of " + initial + " to " + best);
  }

  private static double dcg(LearnedModel model, Request request, int... order) {
    return scores(model, request, order).get(0).dcg();
  }

  /** Its own parameters, and the embeddings that it reads. */
  private static List<float[]> evaluator(LearnedModel model) {
    return model.weights().all().stream()
        .filter(t -> t.name().startsWith("evaluator.") || t.name().startsWith("features."))
        .map(Tensor::data)
        .map(float[]::clone)
        .toList();
  }

  /** Lists of 4 of 6 candidates. */
  private static int[][] permutations() {
    return IntStream.range(0, 6 * 6 * 6 * 6)
        .mapToObj(i -> new int[] {i / 216, i / 36 % 6, i / 6 % 6, i % 6})
        .filter(order -> IntStream.of(order).distinct().count() == 4)
        .toArray(int[][]::new);
  }

  @Test
  void nothing_can_learn_from_it_before_it_has_learned() {
    LearnedModel model = model();
    RerankerTraining second = options().stage("reinforced").batchSize(50);
    assertEquals(
        "EG-Rerank learns from an evaluator of its own that is not trained: train its stage"
            + " 'evaluator' first",
        assertThrows(IllegalStateException.class, () -> model.train(null, DATA.train(), second))
            .getMessage());
    model.train(null, DATA.train(), options().stage("evaluator").epochs(1));
    assertEquals(
        "EG-Rerank is not trained: call its train first (missing: reinforced)",
        assertThrows(
                IllegalStateException.class,
                () -> model.rerank(List.of(DATA.test().request(0)), null, Map.of()))
            .getMessage());
    model.train(null, DATA.train(), second);
    assertTrue(model.trained());
  }
}
