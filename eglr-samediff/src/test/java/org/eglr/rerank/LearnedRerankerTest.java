package org.eglr.rerank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eglr.Evaluator;
import org.eglr.ModelFileException;
import org.eglr.Ranking;
import org.eglr.Rerankers;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.work.Workers;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every re-ranker that learns does, whatever its model. */
class LearnedRerankerTest {

  private static final Splits DATA =
      Simulator.preset("ad")
          .users(200)
          .items(300)
          .lists(1200)
          .listLength(4)
          .pool(6)
          .seed(3)
          .log()
          .split(0.8, 0.1, 0.1);

  @TempDir Path folder;

  private static final Evaluator EVALUATOR =
      Evaluator.builder(DATA.schema()).width(16).heads(2).evaluatorLayers(1).seed(1).build();

  @BeforeAll
  static void trainsTheEvaluator() {
    EVALUATOR.train(DATA, t -> t.epochs(3));
  }

  static Stream<RerankerModel> supervised() {
    return Stream.of(
        new Dlcm(16, 2),
        new Prm(16, 2, 1, 16),
        new SetRank(16, 2, 1, 16, 0),
        new SetRank(16, 2, 1, 16, 3),
        new Seq2Slate(16, Seq2Slate.Loss.CROSS_ENTROPY),
        new Seq2Slate(16, Seq2Slate.Loss.HINGE),
        new ReaRec().width(16));
  }

  static Stream<RerankerModel> reinforced() {
    return Stream.of(
        new EgRerank().width(16).evaluator(EgRerank.Judge.SHARED),
        new Cmr().width(16).memory(8).samples(2),
        new Last().width(16).memory(8).samples(2),
        new StreamRec().width(16).codes(8).samples(4),
        new LatentR3().width(16).samples(4));
  }

  static Stream<RerankerModel> models() {
    return Stream.concat(
        Stream.of(new EgRerank().width(16)), Stream.concat(supervised(), reinforced()));
  }

  private static LearnedReranker reranker(RerankerModel model) {
    return RerankerBuilder.of(EVALUATOR, model).embedding(4).seed(2).build();
  }

  @AfterEach
  void workersAsUsual() {
    Workers.resize(Runtime.getRuntime().availableProcessors());
  }

  /** A batch that is seen often enough is known by heart: its clicked items come first. */
  @ParameterizedTest
  @MethodSource("supervised")
  void learns_one_batch_by_heart(RerankerModel model) {
    ListSet few = DATA.train().range(0, 16);
    LearnedReranker reranker = reranker(model);
    TrainingLog log = reranker.train(few, t -> t.epochs(300).batchSize(16).learningRate(5e-3));
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

  /** Lists for a few requests, written often enough, are near the best that a search finds. */
  @ParameterizedTest
  @MethodSource("reinforced")
  void pleases_the_evaluator(RerankerModel model) {
    ListSet few = DATA.train().range(0, 8);
    LearnedReranker reranker = reranker(model);
    // Stages that learn from clicks only begin: lists known by heart leave nothing to draw.
    reranker.train(few, t -> t.epochs(2).reinforcedEpochs(1).batchSize(8));
    double before = score(few, reranker);
    reranker.train(
        few,
        t ->
            t.stage("reinforced").reinforcedEpochs(200).batchSize(8).learningRate(5e-3).samples(8));
    double own = score(few, reranker);
    double initial = score(few, Rerankers.initialOrder(EVALUATOR));
    double best = IntStream.range(0, 8).mapToDouble(l -> climbed(few.request(l))).sum() / 8;
    // LatentR3's stage moves a single layer of a decoder that has hardly begun.
    double goal = model instanceof LatentR3 ? before : initial + 0.8 * (best - initial);
    assertTrue(own > goal, before + " to " + own + " of " + initial + " to " + best);
  }

  /** The score of a list that no exchange of two candidates improves. */
  private static double climbed(Request request) {
    int[] order = IntStream.range(0, request.pool()).toArray();
    double best = Double.NEGATIVE_INFINITY;
    while (true) {
      List<int[]> orders = new ArrayList<>(List.of(order));
      for (int k = 0; k < request.length(); k++) {
        for (int other = k + 1; other < order.length; other++) {
          int[] changed = order.clone();
          changed[k] = order[other];
          changed[other] = order[k];
          orders.add(changed);
        }
      }
      List<double[]> scores =
          EVALUATOR
              .score(
                  Collections.nCopies(orders.size(), request),
                  orders.stream().map(o -> Arrays.copyOf(o, request.length())).toList())
              .stream()
              .map(score -> new double[] {score.dcg()})
              .toList();
      int top =
          IntStream.range(0, orders.size())
              .reduce(0, (a, b) -> scores.get(b)[0] > scores.get(a)[0] + 1e-9 ? b : a);
      if (scores.get(top)[0] <= best + 1e-9) {
        return best;
      }
      best = scores.get(top)[0];
      order = orders.get(top);
    }
  }

  private static double score(ListSet lists, org.eglr.Reranker reranker) {
    List<Request> requests = IntStream.range(0, lists.size()).mapToObj(lists::request).toList();
    return reranker.rerank(requests).stream().mapToDouble(Ranking::score).average().orElseThrow();
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
    LearnedReranker seed = RerankerBuilder.of(EVALUATOR, model).embedding(4).seed(9).build();
    assertTrue(!losses(train(seed)).equals(losses(one)));
  }

  private static LearnedReranker trained(RerankerModel model) {
    return train(reranker(model));
  }

  private static LearnedReranker train(LearnedReranker reranker) {
    reranker.train(DATA.train().range(0, 300), t -> t.epochs(1).reinforcedEpochs(1).batchSize(100));
    return reranker;
  }

  /** Work and time of a model with two stages are those of both. */
  @Test
  void the_log_of_a_training_tells_of_all_its_stages() {
    LearnedReranker reranker = reranker(new LatentR3().width(16).samples(4));
    ListSet lists = DATA.train().range(0, 100);
    TrainingLog log =
        reranker.train(
            lists,
            t ->
                t.epochs(2)
                    .reinforcedEpochs(1)
                    .batchSize(50)
                    .validation(DATA.valid().range(0, 20)));
    List<TrainingLog> stages = List.copyOf(reranker.logs().values());
    assertEquals(2, stages.size());
    assertEquals(reranker.name(), log.name());
    assertEquals(4 + 2, log.steps().size());
    for (int i = 0; i < 6; i++) {
      TrainingStep step = log.steps().get(i);
      TrainingStep own = stages.get(i / 4).steps().get(i % 4);
      assertEquals(i + 1, step.step());
      assertEquals(6, step.total());
      assertEquals(own.values(), step.values());
      assertEquals((i < 4 ? 0 : stages.get(0).seconds()) + own.seconds(), step.seconds(), 1e-12);
    }
    assertEquals(stages.get(0).seconds() + stages.get(1).seconds(), log.seconds(), 1e-12);
    Validation best = log.best().orElseThrow();
    assertEquals(stages.get(1).best().orElseThrow().values(), best.values());
    assertEquals(4 + stages.get(1).best().orElseThrow().step(), best.step());
    TrainingLog second = reranker.train(lists, t -> t.stage("reinforced").batchSize(50));
    assertEquals(second, reranker.logs().get("reinforced"), "of a single stage its own");
  }

  @Test
  void a_training_that_is_stopped_in_its_first_stage_has_no_second() {
    LearnedReranker reranker = reranker(new LatentR3().width(16).samples(4));
    TrainingListener stop =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            Thread.currentThread().interrupt();
          }
        };
    TrainingLog log =
        reranker.train(DATA.train().range(0, 100), t -> t.batchSize(50).listener(stop));
    assertTrue(log.interrupted());
    assertEquals(List.of(log), List.copyOf(reranker.logs().values()));
  }

  private static List<Double> losses(LearnedReranker reranker) {
    return reranker.logs().values().stream()
        .flatMap(log -> log.steps().stream())
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
    assertTrue(!own, "a model of the library");
    LearnedReranker after = Rerankers.load(file, EVALUATOR);
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
