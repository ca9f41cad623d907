package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.DataException;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.RankingMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evaluator as a thing of its own, alone and shared. */
class EvaluatorTest {

  private static final Splits DATA =
      Simulator.adLike().lists(200).listLength(5).pool(8).seed(2).log().split(0.6, 0.2, 0.2);

  @TempDir Path folder;

  private static Evaluator trained() {
    Evaluator evaluator =
        Evaluator.builder(DATA.schema()).width(16).heads(2).evaluatorLayers(1).seed(3).build();
    evaluator.train(DATA, t -> t.epochs(2).batchSize(40));
    return evaluator;
  }

  @Test
  void judges_lists_as_a_model_made_of_it_does() {
    Evaluator evaluator = trained();
    Eglr eglr = Eglr.builder(DATA.schema()).evaluator(evaluator).build();
    eglr.trainGenerator(DATA, t -> t.steps(2).batchSize(8).groupSize(2));
    for (int i = 0; i < 10; i++) {
      Request request = DATA.test().request(i);
      Ranking ranking = eglr.rerank(request);
      ListScore score = evaluator.score(request, ranking.order());
      assertArrayEquals(ranking.clickProbabilities(), score.clickProbabilities());
      assertEquals(ranking.score(), score.dcg());
      assertEquals(RankingMetrics.dcg(ranking.clickProbabilities()), score.dcg());
      assertTrue(score.value() > 0);
    }
  }

  @Test
  void is_shared_not_copied() {
    Evaluator evaluator = trained();
    Eglr one = Eglr.builder(DATA.schema()).evaluator(evaluator).seed(1).build();
    Eglr two = Eglr.builder(DATA.schema()).evaluator(evaluator).seed(2).trainFeatures(true).build();
    double[] before = evaluator.clickProbabilities(DATA.test()).get(0);
    for (Eglr model : List.of(one, two)) {
      assertTrue(model.evaluatorTrained());
      model.trainGenerator(DATA, t -> t.steps(2).batchSize(8).groupSize(2));
      assertTrue(model.trained());
      assertArrayEquals(before, model.clickProbabilities(DATA.test()).get(0), "frozen");
    }
    assertEquals(16, two.settings().width(), "its sizes");
    one.trainEvaluator(DATA, t -> t.epochs(1).batchSize(20));
    double[] after = evaluator.clickProbabilities(DATA.test()).get(0);
    assertFalse(Arrays.equals(before, after));
    assertArrayEquals(after, two.clickProbabilities(DATA.test()).get(0));
    assertFalse(one.generatorTrained(), "it shares the features");
    assertTrue(two.generatorTrained(), "it has its own");
  }

  @Test
  void takes_the_same_steps_alone_as_in_a_model() {
    Evaluator alone = trained();
    Eglr eglr = Eglr.builder(DATA.schema()).width(16).heads(2).evaluatorLayers(1).seed(3).build();
    eglr.trainEvaluator(DATA, t -> t.epochs(2).batchSize(40));
    assertArrayEquals(
        eglr.clickProbabilities(DATA.test()).toArray(),
        alone.clickProbabilities(DATA.test()).toArray());
    assertEquals("evaluator", alone.log().orElseThrow().name());
  }

  @Test
  void is_saved_and_loaded_and_found_in_a_models_file() {
    Evaluator evaluator = trained();
    Path file = folder.resolve("evaluator.eglr");
    evaluator.save(file);
    Evaluator loaded = Evaluator.load(file);
    assertTrue(loaded.trained());
    assertEquals(evaluator.settings(), loaded.settings());
    assertEquals(evaluator.parameters(), loaded.parameters());
    Object[] expected = evaluator.clickProbabilities(DATA.test()).toArray();
    assertArrayEquals(expected, loaded.clickProbabilities(DATA.test()).toArray());
    Eglr model = Eglr.load(file);
    assertTrue(model.evaluatorTrained());
    assertFalse(model.generatorTrained());
    model.trainGenerator(DATA, t -> t.steps(1).batchSize(4).groupSize(2));
    Path whole = folder.resolve("model.eglr");
    model.save(whole);
    assertArrayEquals(expected, Evaluator.load(whole).clickProbabilities(DATA.test()).toArray());
  }

  @Test
  void refuses_what_is_no_list_of_the_pool() {
    Evaluator evaluator = trained();
    Request request = DATA.test().request(0);
    for (int[] wrong : new int[][] {{0, 8}, {-1}, {2, 2}}) {
      String message =
          assertThrows(DataException.class, () -> evaluator.score(request, wrong)).getMessage();
      int named = wrong[wrong.length - 1];
      assertEquals("order 0 names candidate " + named + "; allowed are 0 to 7, each once", message);
    }
    assertEquals(
        "order 0 is empty; a list has at least 1 item",
        assertThrows(DataException.class, () -> evaluator.score(request, new int[0])).getMessage());
    assertEquals(
        "there are 1 requests and 0 orders; each request needs one",
        assertThrows(DataException.class, () -> evaluator.score(List.of(request), List.of()))
            .getMessage());
  }

  @Test
  void of_other_sizes_than_the_models_is_refused() {
    Evaluator evaluator = Evaluator.builder(DATA.schema()).width(16).heads(2).build();
    var builder = Eglr.builder(DATA.schema()).evaluator(evaluator).width(32);
    assertEquals(
        "setting 'width' is 32; allowed: 16, as the shared evaluator has it",
        assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    Splits other = Simulator.kuaiRandLike().lists(50).seed(2).log().split(0.8, 0.1, 0.1);
    assertThrows(DataException.class, () -> Eglr.builder(other.schema()).evaluator(evaluator));
  }

  /** The oracle of "sorted alone": each candidate as a list of one. */
  @Test
  void sorts_candidates_alone_whatever_their_order() {
    Evaluator evaluator = trained();
    Reranker sorted = Rerankers.sortedAlone(evaluator);
    for (int i = 0; i < 10; i++) {
      Request request = DATA.test().request(i);
      int[] expected =
          IntStream.range(0, request.pool())
              .boxed()
              .sorted(
                  (a, b) ->
                      Double.compare(
                          evaluator.score(request, new int[] {b}).clickProbabilities()[0],
                          evaluator.score(request, new int[] {a}).clickProbabilities()[0]))
              .limit(request.length())
              .mapToInt(Integer::intValue)
              .toArray();
      Ranking ranking = sorted.rerank(request);
      assertArrayEquals(expected, ranking.order());
      assertEquals(evaluator.score(request, expected).dcg(), ranking.score());
      int[] reversed = IntStream.range(0, 8).map(j -> 7 - j).toArray();
      assertEquals(ranking.labels(), sorted.rerank(request.withCandidates(reversed)).labels());
      assertEquals(3, ranking.toTable().columnCount(), "position, item, click");
    }
    assertEquals("sorted by evaluator", sorted.name());
    assertEquals("sorted by evaluator, pool as one list", Rerankers.sortedAsPool(evaluator).name());
  }
}
