package org.eglr.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eglr.Evaluator;
import org.eglr.Rerankers;
import org.eglr.data.DataException;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;
import org.junit.jupiter.api.Test;

class TrainedComparisonTest {

  private static final Splits DATA =
      Simulator.adLike()
          .lists(150)
          .users(30)
          .listLength(4)
          .pool(6)
          .seed(2)
          .log()
          .split(0.6, 0.2, 0.2);

  @Test
  void trains_what_learns_and_averages_seeds_list_by_list() {
    Evaluator evaluator =
        Evaluator.builder(DATA.schema()).width(8).heads(2).evaluatorLayers(1).seed(1).build();
    evaluator.train(DATA, t -> t.epochs(1));
    List<String> told = new ArrayList<>();
    TrainedComparison.Result result =
        TrainedComparison.of(DATA)
            .evaluator(evaluator)
            .seeds(4, 5)
            .progress((share, left, what) -> told.add(what))
            .add("initial")
            .add("random")
            .add("ctr")
            .add("mmr")
            .add("greedy-oracle")
            .add("eglr")
            .add("mine", Rerankers.random(4))
            .run();
    List<Report> rows = result.comparison().reports();
    assertEquals(
        List.of("initial", "random", "ctr", "mmr", "greedy-oracle", "eglr", "mine"),
        rows.stream().map(Report::model).toList());
    assertEquals(
        List.of(
            "initial",
            "random, seed 4",
            "random, seed 5",
            "ctr, seed 4",
            "ctr, seed 5",
            "mmr",
            "greedy-oracle",
            "eglr, seed 4",
            "eglr, seed 5",
            "mine"),
        told);
    double[] mean = rows.get(1).perList("true DCG");
    double[] one = Rerankers.random(4).evaluate(DATA.test()).perList("true DCG");
    double[] two = Rerankers.random(5).evaluate(DATA.test()).perList("true DCG");
    for (int list = 0; list < mean.length; list++) {
      assertEquals((one[list] + two[list]) / 2, mean[list], 1e-12);
    }
    double sum = java.util.Arrays.stream(mean).average().orElseThrow();
    assertEquals(sum, rows.get(1).value("true DCG"), 1e-12);
    assertEquals(2, result.bySeed().get("random").size());
    assertEquals(1, result.bySeed().get("initial").size());
    Metric oracle = result.comparison().difference(4, "true DCG").orElseThrow();
    assertTrue(oracle.value() > 1.96 * oracle.standardError(), oracle.toString());
    for (int row : new int[] {0, 1, 2, 3, 5}) {
      assertTrue(rows.get(row).value("evaluator score") > 0, rows.get(row).model());
    }
  }

  @Test
  void refuses_in_one_line() {
    TrainedComparison comparison = TrainedComparison.of(DATA).add("initial");
    assertEquals(
        "'initial' is named twice",
        assertThrows(IllegalArgumentException.class, () -> comparison.add("initial")).getMessage());
    String unknown =
        assertThrows(IllegalArgumentException.class, () -> comparison.add("prn")).getMessage();
    assertTrue(
        unknown.startsWith("there is no re-ranker 'prn'; there are initial, random, popularity, "),
        unknown);
    comparison.add("mmr");
    assertEquals(
        "'mmr' needs a trained evaluator: train one first, by Evaluator.train",
        assertThrows(IllegalStateException.class, comparison::run).getMessage());
    assertThrows(IllegalArgumentException.class, () -> TrainedComparison.of(DATA).run());
  }

  @Test
  void the_catalogue_takes_one_of_your_own_and_refuses_the_truth_of_real_logs() {
    RerankerCatalog.register(
        new RerankerKind(
            "test-own", "for a test", Set.of(), false, in -> Rerankers.random(in.seed() + 1)));
    assertEquals(
        "random",
        TrainedComparison.of(DATA)
            .add("test-own")
            .run()
            .bySeed()
            .get("test-own")
            .get(0)
            .named("random")
            .model());
    assertThrows(
        IllegalArgumentException.class,
        () -> RerankerCatalog.register(RerankerCatalog.named("ctr")));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RerankerKind("Ours", "", Set.of(), false, in -> Rerankers.random(1)));
    var liar = new RerankerKind("liar", "", Set.of(), true, in -> Rerankers.random(1));
    RerankerInputs inputs = new RerankerInputs(DATA, java.util.Optional.empty(), 1);
    assertEquals(
        "'liar' is said to learn, but its RandomOrder is not Trainable",
        assertThrows(IllegalStateException.class, () -> liar.make(inputs)).getMessage());
    Entities few =
        Entities.of("items", new String[] {"a", "b"})
            .categorical("id", new String[] {"a", "b"})
            .build();
    Splits logged =
        ListLog.builder("a log", Entities.of("users", new String[] {"u"}).build(), few)
            .add(0, 0, new int[] {0, 1}, new boolean[] {true, false})
            .build()
            .split(new int[] {0}, new int[0], new int[0]);
    RerankerKind oracle = RerankerCatalog.named("greedy-oracle");
    assertEquals(
        "'greedy-oracle' looks at the truth, which only simulated data have; these are 'a log'",
        assertThrows(
                DataException.class,
                () -> oracle.make(new RerankerInputs(logged, java.util.Optional.empty(), 1)))
            .getMessage());
    assertFalse(oracle.learns());
  }
}
