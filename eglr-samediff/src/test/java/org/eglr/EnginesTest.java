package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.decode.Decision;
import org.eglr.internal.samediff.Calls;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines through the public API: the same training, the same lists, the same figures. */
class EnginesTest {

  private static final Splits DATA =
      Simulator.adLike().lists(300).listLength(6).pool(9).seed(2).log().split(0.6, 0.2, 0.2);

  private static Eglr model(Engine engine, boolean trainFeatures) {
    return Eglr.builder(DATA.schema())
        .width(16)
        .heads(2)
        .evaluatorLayers(1)
        .trainFeatures(trainFeatures)
        .reasoning(r -> r.maxSteps(2).entropyThreshold(1.5))
        .seed(4)
        .engine(engine)
        .asTrained();
  }

  private static void assertCloseSteps(TrainingLog expected, TrainingLog actual, String... names) {
    List<TrainingStep> steps = expected.steps();
    assertEquals(steps.size(), actual.steps().size());
    for (int s = 0; s < steps.size(); s++) {
      for (String name : names) {
        double value = steps.get(s).values().get(name);
        double tolerance = 2e-3 * Math.max(1e-2, Math.abs(value));
        assertEquals(
            value, actual.steps().get(s).values().get(name), tolerance, name + " of step " + s);
      }
    }
  }

  /** The evaluator's mean score of the test lists as they were shown. */
  private static double score(Eglr model) {
    return Rerankers.initialOrder(model.evaluator()).evaluate(DATA.test()).value("evaluator score");
  }

  @AfterEach
  void callsAsUsual() {
    System.clearProperty(Calls.PROPERTY);
  }

  /** Large calls are how a GPU is fed. */
  @ParameterizedTest
  @ValueSource(strings = {"small", "large"})
  void training_takes_the_same_steps(String calls) {
    System.setProperty(Calls.PROPERTY, calls);
    for (boolean trainFeatures : new boolean[] {false, true}) {
      Eglr java = model(Engine.JAVA, trainFeatures);
      Eglr sameDiff = model(Engine.SAMEDIFF, trainFeatures);
      assertCloseSteps(
          java.trainEvaluator(DATA, t -> t.epochs(2)),
          sameDiff.trainEvaluator(DATA, t -> t.epochs(2)),
          "loss",
          "click loss",
          "value loss",
          "gradient norm");
      assertCloseSteps(
          java.trainGenerator(DATA, t -> t.steps(6).groupSize(4).batchSize(16)),
          sameDiff.trainGenerator(DATA, t -> t.steps(6).groupSize(4).batchSize(16)),
          "reward",
          "entropy",
          "reasoning steps",
          "gradient norm");
    }
  }

  /** Reasoning that is forgotten, with its gain. */
  @Test
  void training_takes_the_same_steps_where_reasoning_is_gated() {
    List<TrainingLog> logs = new ArrayList<>();
    List<Eglr> models = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      Eglr eglr =
          Eglr.builder(DATA.schema())
              .width(16)
              .heads(2)
              .evaluatorLayers(1)
              .reasoning(r -> r.maxSteps(2).query(QueryUpdate.GATED).gate(Gate.always()))
              .seed(4)
              .engine(engine)
              .asTrained();
      logs.add(
          eglr.trainGenerator(DATA, t -> t.steps(6).groupSize(4).batchSize(16).learningRate(0.01)));
      models.add(eglr);
    }
    assertCloseSteps(logs.get(0), logs.get(1), "reward", "entropy", "gradient norm");
    Eglr java = models.get(0);
    Eglr none = java.withReasoning(r -> r.maxSteps(0));
    int moved = 0;
    for (int i = 0; i < 20; i++) {
      Ranking with = java.rerank(DATA.test().request(i));
      Ranking without = none.rerank(DATA.test().request(i));
      assertArrayEquals(
          with.order(), models.get(1).rerank(DATA.test().request(i)).order(), "list " + i);
      double before = with.trace().decisions().get(0).entropyBefore();
      assertEquals(before, without.trace().decisions().get(0).entropyBefore(), 1e-6);
      moved += before != with.trace().decisions().get(0).entropyAfter() ? 1 : 0;
    }
    assertEquals(20, moved, "the gain has learned something");
  }

  /** No measurement brings the weights back from where they are trained: the run's end does. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void training_without_validation_leaves_the_last_weights(boolean fails) {
    System.setProperty(Calls.PROPERTY, "large");
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            if (fails && step.step() == 3) {
              throw new IllegalStateException("no more");
            }
          }
        };
    double untrained = score(model(Engine.JAVA, false));
    double[] scores = new double[2];
    for (Engine engine : Engine.values()) {
      Eglr eglr = model(engine, false);
      Runnable training =
          () -> eglr.trainEvaluator(DATA.train(), t -> t.batchSize(40).listener(listener));
      if (fails) {
        assertThrows(IllegalStateException.class, training::run);
      } else {
        training.run();
      }
      scores[engine.ordinal()] = score(eglr);
    }
    assertEquals(scores[0], scores[1], 1e-3);
    assertTrue(Math.abs(scores[0] - untrained) > 1e-2, scores[0] + ", untrained " + untrained);
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "large"})
  void the_same_weights_write_and_score_the_same_lists(String calls) {
    System.setProperty(Calls.PROPERTY, calls);
    Eglr java = model(Engine.JAVA, false);
    Eglr sameDiff = java.withEngine(Engine.SAMEDIFF);
    assertEquals(Engine.SAMEDIFF, sameDiff.engine());
    ListSet lists = DATA.test();
    List<Request> requests = IntStream.range(0, 20).mapToObj(lists::request).toList();
    List<Ranking> together = sameDiff.rerank(requests);
    assertArrayEquals(together.get(3).order(), sameDiff.rerank(requests.get(3)).order());
    int reasoned = 0;
    for (int list = 0; list < 20; list++) {
      Ranking expected = java.rerank(requests.get(list));
      Ranking actual = together.get(list);
      assertArrayEquals(expected.order(), actual.order());
      assertArrayEquals(expected.clickProbabilities(), actual.clickProbabilities(), 1e-4);
      assertEquals(expected.score(), actual.score(), 1e-4);
      for (int k = 0; k < expected.order().length; k++) {
        Decision wanted = expected.trace().decisions().get(k);
        Decision got = actual.trace().decisions().get(k);
        assertArrayEquals(wanted.entropy(), got.entropy(), 1e-4);
        assertArrayEquals(wanted.probability(), got.probability(), 1e-4f);
        assertEquals(wanted.attention().length, got.attention().length);
        for (int m = 0; m < wanted.attention().length; m++) {
          assertArrayEquals(wanted.attention()[m], got.attention()[m], 1e-4f);
        }
        reasoned += wanted.attention().length;
      }
    }
    assertTrue(reasoned > 20, reasoned + " reasoning tokens");
    assertEquals(
        java.evaluate(lists).value("evaluator score"),
        sameDiff.evaluate(lists).value("evaluator score"),
        1e-4);
  }

  @Test
  void calls_of_another_size_are_refused() {
    System.setProperty(Calls.PROPERTY, "huge");
    var error = assertThrows(IllegalArgumentException.class, () -> Calls.of(Engine.SAMEDIFF));
    assertEquals("setting 'eglr.calls' is huge; allowed: small or large", error.getMessage());
  }
}
