package org.eglr.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eglr.Evaluator;
import org.eglr.Rerankers;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.rerank.RerankerKind.Need;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who learns from an evaluator that it must be given, and who has one of its own. */
class WhoNeedsAnEvaluatorTest {

  private static final Splits DATA =
      Simulator.adLike().lists(200).listLength(4).pool(5).seed(1).log().split(0.8, 0.1, 0.1);

  static List<String> names() {
    return RerankerModels.names();
  }

  /** The catalogue says what the model's stages say. */
  @ParameterizedTest
  @MethodSource("names")
  void the_catalogue_knows(String name) {
    assertEquals(
        RerankerModels.needsEvaluator(RerankerModels.named(name)),
        RerankerCatalog.named(name).needs(Need.EVALUATOR));
  }

  @Test
  void eg_rerank_has_its_own_unless_it_is_given_one() {
    Evaluator given = Evaluator.builder(DATA.schema()).width(8).heads(2).build();
    LearnedReranker own = Rerankers.egRerank(DATA.schema()).model(m -> m.width(8)).build();
    LearnedReranker taught = Rerankers.egRerank(given).model(m -> m.width(8)).build();
    own.train(DATA, t -> t.epochs(1));
    assertEquals(List.of("evaluator", "reinforced"), List.copyOf(own.logs().keySet()));
    assertTrue(own.rerank(DATA.test().request(0)).clickProbabilities().length == 0);
    assertEquals(
        "EG-Rerank learns from an evaluator that is not trained: call its train first",
        assertThrows(IllegalStateException.class, () -> taught.train(DATA)).getMessage());
    given.train(DATA, t -> t.epochs(1));
    taught.train(DATA, t -> t.reinforcedEpochs(1));
    assertEquals(List.of("reinforced"), List.copyOf(taught.logs().keySet()));
    LearnedReranker none =
        Rerankers.egRerank(DATA.schema()).model(m -> m.evaluator(EgRerank.Judge.SHARED)).build();
    assertEquals(
        "EG-Rerank learns from what an evaluator says of its lists, and has none: give it one that"
            + " is trained",
        assertThrows(IllegalStateException.class, () -> none.train(DATA)).getMessage());
  }

  @Test
  void says_in_one_line_which_evaluators_there_are() {
    assertEquals(
        "setting 'evaluator' is theirs; allowed: [OWN, SHARED]",
        assertThrows(
                IllegalArgumentException.class,
                () -> RerankerModels.with(new EgRerank(), java.util.Map.of("evaluator", "theirs")))
            .getMessage());
  }
}
