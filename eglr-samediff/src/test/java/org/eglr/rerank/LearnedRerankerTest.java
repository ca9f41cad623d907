package org.eglr.rerank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eglr.ModelFileException;
import org.eglr.Ranking;
import org.eglr.Rerankers;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.work.Workers;
import org.eglr.train.TrainingLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every supervised re-ranker does, whatever its model. */
class LearnedRerankerTest {

  private static final Splits DATA =
      Simulator.preset("ad").users(200).items(300).lists(1200).seed(3).log().split(0.8, 0.1, 0.1);

  @TempDir Path folder;

  static Stream<RerankerModel> models() {
    return Stream.of(new Prm(16, 2, 1, 16));
  }

  private static LearnedReranker reranker(RerankerModel model) {
    return Rerankers.of(DATA.schema(), model).embedding(4).seed(2).build();
  }

  @AfterEach
  void workersAsUsual() {
    Workers.resize(Runtime.getRuntime().availableProcessors());
  }

  /** A batch that is seen often enough is known by heart: its clicked items come first. */
  @ParameterizedTest
  @MethodSource("models")
  void learns_one_batch_by_heart(RerankerModel model) {
    ListSet few = DATA.train().range(0, 16);
    LearnedReranker reranker = reranker(model);
    TrainingLog log = reranker.train(few, t -> t.epochs(250).batchSize(16).learningRate(1e-2));
    double first = log.steps().get(0).values().get("loss");
    double last = log.steps().get(log.steps().size() - 1).values().get("loss");
    assertTrue(last < first, first + " to " + last);
    for (int list = 0; list < few.size(); list++) {
      int[] order = reranker.rerank(few.request(list)).order();
      int clicks = clicks(few, list);
      for (int k = 0; k < clicks; k++) {
        assertTrue(few.clicked(list, order[k]), "list " + list + ", place " + k);
      }
    }
  }

  private static int clicks(ListSet lists, int list) {
    return (int) IntStream.range(0, lists.length(list)).filter(i -> lists.clicked(list, i)).count();
  }

  @ParameterizedTest
  @MethodSource("models")
  void same_seed_same_numbers_on_any_number_of_threads(RerankerModel model) {
    Workers.resize(1);
    LearnedReranker one = trained(model);
    Workers.resize(3);
    LearnedReranker other = trained(model);
    assertEquals(losses(one), losses(other));
    assertEquals(lists(one), lists(other));
    LearnedReranker seed = Rerankers.of(DATA.schema(), model).embedding(4).seed(9).build();
    assertTrue(!losses(train(seed)).equals(losses(one)));
  }

  private static LearnedReranker trained(RerankerModel model) {
    return train(reranker(model));
  }

  private static LearnedReranker train(LearnedReranker reranker) {
    reranker.train(DATA.train().range(0, 300), t -> t.epochs(1).batchSize(100));
    return reranker;
  }

  private static List<Double> losses(LearnedReranker reranker) {
    return reranker.logs().get("supervised").steps().stream()
        .map(step -> step.values().get("loss"))
        .toList();
  }

  private static List<List<String>> lists(LearnedReranker reranker) {
    List<Request> requests = IntStream.range(0, 100).mapToObj(DATA.test()::request).toList();
    return reranker.rerank(requests).stream().map(Ranking::labels).toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_saved_one_is_the_same(RerankerModel model) {
    LearnedReranker before = trained(model);
    Path file = folder.resolve("model.eglr");
    before.save(file);
    boolean own = org.eglr.internal.rerank.ModelKinds.of(model).equals("own");
    LearnedReranker after = own ? Rerankers.load(file, model) : Rerankers.load(file);
    assertEquals(before.model(), after.model());
    assertEquals(lists(before), lists(after));
    assertEquals(losses(before), losses(after));
    assertTrue(after.trained());
    after.save(folder.resolve("again.eglr"));
    assertEquals(bytes(file), bytes(folder.resolve("again.eglr")));
  }

  private static List<Byte> bytes(Path file) {
    try {
      byte[] bytes = java.nio.file.Files.readAllBytes(file);
      return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_list_has_each_item_once_and_does_not_depend_on_who_is_asked_for_beside(
      RerankerModel model) {
    LearnedReranker reranker = trained(model);
    List<Request> requests =
        IntStream.range(0, 70)
            .mapToObj(i -> DATA.test().request(i))
            .map(r -> r.withLength(1 + r.length() / 2))
            .toList();
    List<Ranking> together = reranker.rerank(requests);
    for (int r = 0; r < requests.size(); r++) {
      int[] order = together.get(r).order();
      assertEquals(requests.get(r).length(), IntStream.of(order).distinct().count());
      assertArrayEquals(order, reranker.rerank(requests.get(r)).order(), "request " + r);
    }
  }

  @Test
  void says_in_one_line_what_it_cannot_do() {
    LearnedReranker untrained = reranker(new Prm());
    assertEquals(
        "PRM is not trained: call its train first",
        assertThrows(IllegalStateException.class, () -> untrained.rerank(DATA.test().request(0)))
            .getMessage());
    assertEquals(
        "setting 'reasoning' is PRM; allowed: models that write lists item by item; this one scores"
            + " the pool at once",
        assertThrows(
                IllegalArgumentException.class,
                () -> Rerankers.prm(DATA.schema()).withReasoning(r -> r))
            .getMessage());
    assertEquals(
        "setting 'stage' is none; allowed: supervised",
        assertThrows(
                IllegalArgumentException.class,
                () -> untrained.train(DATA.train(), t -> t.stage("none")))
            .getMessage());
    assertEquals(
        "setting 'dial' is clicks; allowed: none; PRM has no dials",
        assertThrows(IllegalArgumentException.class, () -> untrained.withDial("clicks", 1))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> untrained.train(DATA, t -> t.checkpoint(folder.resolve("run"), 1)));
    untrained.save(folder.resolve("eglr"));
    assertTrue(
        assertThrows(ModelFileException.class, () -> org.eglr.Eglr.load(folder.resolve("eglr")))
            .getMessage()
            .contains("is not a model file"));
  }
}
