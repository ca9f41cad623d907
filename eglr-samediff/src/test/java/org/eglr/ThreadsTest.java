package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.samediff.Calls;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many threads use one model: each gets what a single thread gets. */
class ThreadsTest {

  private static final int THREADS = 8;

  private static final Splits DATA =
      Simulator.adLike().lists(400).listLength(6).pool(9).seed(2).log().split(0.5, 0.2, 0.3);

  private static Eglr model(Engine engine, long seed) {
    return Eglr.builder(DATA.schema())
        .width(16)
        .heads(2)
        .evaluatorLayers(1)
        .reasoning(r -> r.maxSteps(2).entropyThreshold(1.5))
        .seed(seed)
        .engine(engine)
        .asTrained();
  }

  @AfterEach
  void callsAsUsual() {
    System.clearProperty(Calls.PROPERTY);
  }

  /** All that a ranking says, as text. */
  private static String text(Ranking ranking) {
    return Arrays.toString(ranking.order())
        + Arrays.toString(ranking.clickProbabilities())
        + ranking.trace().decisions().stream()
            .map(d -> Arrays.toString(d.entropy()) + Arrays.toString(d.probability()))
            .toList();
  }

  /** Everything that a model can be asked, on some lists. */
  private static List<Callable<String>> questions(Eglr eglr, int count) {
    Eglr deep = eglr.withReasoning(r -> r.entropyThreshold(-1).maxSteps(1));
    Eglr narrow = eglr.withPreselection(7);
    ListSet lists = DATA.test();
    List<Callable<String>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int list = i;
      all.add(() -> text(eglr.rerank(lists.request(list))));
      all.add(() -> text(deep.rerank(lists.request(list))));
      all.add(() -> text(narrow.rerank(lists.request(list))));
      if (i % 8 == 0) {
        all.add(
            () -> eglr.beamSearch(lists.request(list), 3).stream().map(r -> text(r)).toList() + "");
        all.add(() -> eglr.evaluate(lists.range(0, 20)).toString());
        all.add(() -> deep.compare(lists.range(20, 40)).toCsv());
        all.add(() -> Arrays.deepToString(eglr.clickProbabilities(lists).toArray()));
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA, small, 1",
    "JAVA, small, 2",
    "JAVA, small, 3",
    "SAMEDIFF, small, 1",
    "SAMEDIFF, small, 2",
    "SAMEDIFF, large, 1"
  })
  void every_thread_gets_what_one_gets(Engine engine, String calls, long seed) throws Exception {
    System.setProperty(Calls.PROPERTY, calls);
    int count = engine == Engine.JAVA ? DATA.test().size() : 24;
    List<String> expected = new ArrayList<>();
    for (Callable<String> question : questions(model(engine, seed), count)) {
      expected.add(question.call());
    }
    List<Callable<String>> asked = questions(model(engine, seed), count); // nothing is made yet
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier together = new CyclicBarrier(THREADS);
      List<Future<List<String>>> answers = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int begin = t * asked.size() / THREADS; // each elsewhere
        answers.add(
            threads.submit(
                () -> {
                  together.await();
                  String[] own = new String[asked.size()];
                  for (int i = 0; i < own.length; i++) {
                    int question = (begin + i) % own.length;
                    own[question] = asked.get(question).call();
                  }
                  return Arrays.asList(own);
                }));
      }
      for (Future<List<String>> answer : answers) {
        assertEquals(expected, answer.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> orders(Eglr eglr) {
    return IntStream.range(0, 40).mapToObj(i -> text(eglr.rerank(DATA.test().request(i)))).toList();
  }

  private static TrainingListener each(Runnable step) {
    return new TrainingListener() {
      @Override
      public void onStep(TrainingStep taken) {
        step.run();
      }
    };
  }

  @Test
  void calls_during_a_training_have_the_weights_of_before() throws Exception {
    Eglr eglr = model(Engine.JAVA, 4);
    eglr.trainEvaluator(DATA, t -> t.epochs(1));
    eglr.trainGenerator(DATA, t -> t.steps(2).batchSize(8).groupSize(3));
    Eglr view = eglr.withReasoning(r -> r.maxSteps(1));
    List<String> before = orders(eglr);
    List<String> viewBefore = orders(view);
    ExecutorService other = Executors.newSingleThreadExecutor();
    List<List<String>> during = new ArrayList<>();
    TrainingListener asking =
        each(
            () -> {
              try {
                during.add(other.submit(() -> orders(eglr)).get());
                assertEquals(viewBefore, orders(view));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    try {
      eglr.trainGenerator(
          DATA.train(),
          t -> t.steps(4).batchSize(16).groupSize(4).learningRate(0.05).listener(asking));
      assertEquals(4, during.size());
      during.forEach(lists -> assertEquals(before, lists));
      List<String> after = orders(eglr);
      assertFalse(before.equals(after), "the training changed nothing");
      during.clear();
      eglr.trainEvaluator(
          DATA.train(), t -> t.epochs(1).batchSize(100).listener(asking(eglr, after)));
    } finally {
      other.shutdownNow();
    }
    assertTrue(
        assertThrows(IllegalStateException.class, () -> orders(eglr))
            .getMessage()
            .startsWith("the evaluator was trained anew after the generator"));
  }

  private static TrainingListener asking(Eglr eglr, List<String> expected) {
    return each(() -> assertEquals(expected, orders(eglr)));
  }

  @Test
  void a_second_training_at_the_same_time_is_refused() {
    Eglr eglr = model(Engine.JAVA, 5);
    List<String> messages = new ArrayList<>();
    TrainingListener twice =
        each(
            () ->
                messages.add(
                    assertThrows(
                            IllegalStateException.class,
                            () -> eglr.trainEvaluator(DATA, t -> t.epochs(1)))
                        .getMessage()));
    eglr.trainEvaluator(DATA.train(), t -> t.epochs(1).batchSize(400).listener(twice));
    assertEquals(
        List.of(
            "the evaluator is being trained already: wait for that training, or train another"
                + " model"),
        messages);
    double[] first = eglr.clickProbabilities(DATA.test()).get(0);
    assertArrayEquals(first, eglr.withReasoning(r -> r).clickProbabilities(DATA.test()).get(0));
  }
}
