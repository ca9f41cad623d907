package org.eglr.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.eglr.Evaluator;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.rerank.EgRerank;
import org.eglr.rerank.LearnedReranker;
import org.eglr.rerank.RerankerInputs;
import org.eglr.rerank.RerankerModel;
import org.eglr.rerank.RerankerModels;
import org.eglr.rerank.StepModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables' claim that one evaluator teaches all systems that learn from one. */
class CatalogSystemTest {

  static List<String> names() {
    return RerankerModels.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void who_learns_from_an_evaluator_is_taught_by_that_of_all(String name) {
    RerankerModel model = RerankerModels.named(name);
    boolean reinforced =
        model instanceof StepModel steps
            && steps.stages().stream().anyMatch(stage -> stage.credit() != null);
    assertEquals(reinforced, CatalogSystem.named(name).taught());
  }

  /** Stored runs go by a system's name and its settings' text: both are as they were. */
  @Test
  void eg_rerank_is_what_it_was_before_it_had_an_evaluator_of_its_own() {
    Splits data = Simulator.adLike().lists(100).seed(1).log().split(0.8, 0.1, 0.1);
    Evaluator evaluator = Evaluator.builder(data.schema()).width(8).heads(2).build();
    evaluator.train(data, t -> t.epochs(1));
    CatalogSystem system = CatalogSystem.named("eg-rerank");
    assertEquals("eg-rerank", system.name());
    var made = system.kind().make(new RerankerInputs(data, Optional.of(evaluator), 1));
    assertTrue(
        made instanceof LearnedReranker learned
            && learned.model() instanceof EgRerank own
            && own.evaluator() == EgRerank.Judge.SHARED);
    assertEquals(
        "EgRerank[width=64, samples=5, clip=0.1, discount=0.01, entropy=0.001]",
        ((LearnedReranker) made).model().toString());
  }
}
