package org.eglr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.Report;
import org.junit.jupiter.api.Test;

/** What was not trained is not measured, and says so. */
class UntrainedTest {

  private static final Splits DATA =
      Simulator.adLike().lists(100).listLength(4).pool(6).seed(2).log().split(0.6, 0.2, 0.2);

  private final ListSet lists = DATA.test();
  private final Eglr eglr = Eglr.builder(DATA.schema()).width(8).heads(2).build();

  private static void refused(String message, Runnable... calls) {
    for (Runnable call : calls) {
      assertEquals(message, assertThrows(IllegalStateException.class, call::run).getMessage());
    }
  }

  private Runnable[] lists(Eglr model) {
    return new Runnable[] {
      () -> model.rerank(lists.request(0)),
      () -> model.rerank(List.of(lists.request(0), lists.request(1))),
      () -> model.beamSearch(lists.request(0), 2),
      () -> model.evaluate(lists),
    };
  }

  @Test
  void evaluators_are_refused() {
    String message = "the evaluator is not trained: call trainEvaluator first, then trainGenerator";
    refused(message, lists(eglr));
    refused(message, lists(eglr.withPreselection(3)));
    refused(message, () -> eglr.compare(lists));
    refused(
        "the evaluator is not trained: call its train first",
        () -> eglr.clickProbabilities(lists),
        () -> eglr.evaluator().score(lists.request(0), new int[] {0, 1}));
    refused(
        "the evaluator is not trained: call trainEvaluator first",
        () -> Rerankers.initialOrder(eglr.evaluator()).evaluate(lists),
        () -> Rerankers.sortedAlone(eglr.evaluator()).rerank(lists.request(0)),
        () -> Rerankers.sortedAsPool(eglr.evaluator()).evaluate(lists));
    assertFalse(eglr.trained());
  }

  @Test
  void generators_are_refused_and_compared_under_a_name_that_says_so() {
    eglr.trainEvaluator(DATA, t -> t.epochs(1));
    refused("the generator is not trained: call trainGenerator first", lists(eglr));
    assertEquals(
        List.of("initial order", "sorted by evaluator", "EGLR, generator not trained"),
        eglr.compare(lists).reports().stream().map(Report::model).toList());
    assertFalse(eglr.trained());
  }

  @Test
  void generators_of_another_evaluator_are_refused() {
    for (boolean ownFeatures : new boolean[] {false, true}) {
      Eglr model = Eglr.builder(DATA.schema()).width(8).heads(2).trainFeatures(ownFeatures).build();
      model.trainEvaluator(DATA, t -> t.epochs(1));
      model.trainGenerator(DATA, t -> t.steps(1).batchSize(4).groupSize(2));
      model.evaluator().train(DATA, t -> t.epochs(1));
      assertEquals(ownFeatures, model.trained());
      if (ownFeatures) {
        assertEquals(lists.size(), model.evaluate(lists).lists());
      } else {
        refused(
            "the evaluator was trained anew after the generator, which shares its features:"
                + " call trainGenerator again",
            lists(model));
      }
    }
  }
}
