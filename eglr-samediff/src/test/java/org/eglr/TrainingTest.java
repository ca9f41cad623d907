package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eglr.data.DataException;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.work.Workers;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Report;
import org.eglr.train.GrpoTraining;
import org.eglr.train.Reward;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both training stages on small simulated data: reproducible, interruptible, in good order. */
class TrainingTest {

  private static final Splits DATA =
      Simulator.kuaiRandLike()
          .lists(240)
          .listLength(4, 6)
          .pool(9)
          .seed(1)
          .log()
          .split(0.7, 0.15, 0.15);

  @TempDir Path folder;

  private static EglrBuilder small(long seed) {
    return Eglr.builder(DATA.schema()).width(8).heads(2).embedding(4).position(4).seed(seed);
  }

  private static Eglr trained(EglrBuilder builder) {
    Eglr eglr = builder.build();
    eglr.trainEvaluator(DATA, t -> t.epochs(2).batchSize(50));
    eglr.trainGenerator(DATA, t -> t.steps(4).batchSize(10).groupSize(4).validateEvery(2));
    return eglr;
  }

  private byte[] bytes(Eglr eglr) throws IOException {
    Path file = folder.resolve("model.eglr");
    eglr.save(file);
    return Files.readAllBytes(file);
  }

  @AfterEach
  void restoreWorkers() {
    Workers.resize(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void the_number_of_threads_changes_no_bit() throws IOException {
    for (boolean trainFeatures : new boolean[] {false, true}) {
      Workers.resize(1);
      byte[] one = bytes(trained(small(5).trainFeatures(trainFeatures)));
      for (int threads : new int[] {2, 3}) {
        Workers.resize(threads);
        byte[] more = bytes(trained(small(5).trainFeatures(trainFeatures)));
        assertArrayEquals(one, more, threads + " threads");
      }
    }
  }

  @Test
  void another_seed_gives_another_model() throws IOException {
    assertFalse(Arrays.equals(bytes(trained(small(5))), bytes(trained(small(6)))));
  }

  @Test
  void the_generator_learns_what_the_evaluator_rewards() {
    for (Reward reward : List.of(Reward.CLICK_DCG, Reward.LIST_VALUE, Reward.trueDcg())) {
      Eglr eglr = small(3).build();
      eglr.trainEvaluator(DATA, t -> t.epochs(4).batchSize(20).learningRate(5e-3));
      TrainingLog log =
          eglr.trainGenerator(
              DATA.train(),
              t -> t.steps(60).batchSize(20).groupSize(6).learningRate(1e-2).reward(reward));
      double before = mean(log.steps().subList(0, 5));
      double after = mean(log.steps().subList(55, 60));
      assertTrue(after > before, "%s: reward %s, then %s".formatted(reward, before, after));
    }
  }

  /** After its first step Adam has moved every value that it moves by its learning rate. */
  @Test
  void the_gain_of_reasoning_learns_at_its_share_of_the_rate() {
    Eglr usual = afterOneStep(t -> t);
    Eglr full = afterOneStep(t -> t.gainRate(1));
    Eglr still = afterOneStep(t -> t.gainRate(0));
    String gain = name(usual, "reasoning.gain");
    float[] moved = full.weights().get(gain).values();
    assertTrue(IntStream.range(0, moved.length).anyMatch(i -> Math.abs(moved[i]) > 0.009));
    for (int i = 0; i < moved.length; i++) {
      assertEquals(0.1 * moved[i], usual.weights().get(gain).values()[i], 1e-7);
      assertEquals(0, still.weights().get(gain).values()[i]);
    }
    for (String other : usual.weights().keySet()) {
      if (!other.equals(gain)) {
        assertArrayEquals(
            full.weights().get(other).values(), usual.weights().get(other).values(), other);
      }
    }
  }

  private static Eglr afterOneStep(UnaryOperator<GrpoTraining> options) {
    Eglr eglr = small(4).build();
    eglr.trainEvaluator(DATA.train(), t -> t.epochs(2).batchSize(50));
    eglr.trainGenerator(
        DATA.train(), t -> options.apply(t.steps(1).groupSize(4).learningRate(1e-2)));
    return eglr;
  }

  private static String name(Eglr eglr, String end) {
    return eglr.weights().keySet().stream().filter(n -> n.endsWith(end)).findFirst().orElseThrow();
  }

  private static double mean(List<TrainingStep> steps) {
    return steps.stream().mapToDouble(s -> s.values().get("reward")).average().orElseThrow();
  }

  @Test
  void an_interrupt_keeps_the_best_weights_and_training_can_go_on() throws IOException {
    Eglr eglr = small(2).build();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            if (step.step() == 3) {
              Thread.currentThread().interrupt();
            }
          }
        };
    TrainingLog log = eglr.trainEvaluator(DATA, t -> t.batchSize(20).listener(stopper));
    assertTrue(log.interrupted());
    assertEquals(3, log.steps().size());
    assertEquals(3, log.best().orElseThrow().step(), "measured where it stopped");
    assertFalse(Thread.currentThread().isInterrupted(), "the flag is cleared");

    log =
        eglr.trainGenerator(
            DATA, t -> t.steps(50).batchSize(8).groupSize(4).validateEvery(1).listener(stopper));
    assertTrue(log.interrupted());
    assertEquals(3, log.steps().size());
    assertEquals(4, log.validations().size());
    double kept = log.best().orElseThrow().values().get("reward");
    Report report = eglr.evaluate(DATA.valid());
    assertEquals(kept, report.value("evaluator score"), 1e-6, "the best weights are in place");

    log = eglr.trainGenerator(DATA, t -> t.steps(2).batchSize(8).groupSize(4));
    assertFalse(log.interrupted());
    assertEquals(2, log.steps().size());
  }

  @Test
  void an_interrupt_between_measurements_loses_nothing() {
    Eglr eglr = small(2).build();
    eglr.trainEvaluator(DATA, t -> t.epochs(1));
    TrainingListener last =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            if (step.step() == 5) {
              Thread.currentThread().interrupt();
            }
          }
        };
    for (int steps : new int[] {5, 50}) { // an interrupt after the last step, and before it
      TrainingLog log =
          eglr.trainGenerator(
              DATA, t -> t.steps(steps).batchSize(8).groupSize(4).validateEvery(40).listener(last));
      assertTrue(log.interrupted());
      assertFalse(Thread.currentThread().isInterrupted());
      assertEquals(5, log.validations().get(log.validations().size() - 1).step());
    }
  }

  @Test
  void no_validation_lists_are_refused() {
    Eglr eglr = small(2).build();
    String message =
        assertThrows(
                DataException.class,
                () -> eglr.trainEvaluator(DATA.train(), t -> t.validation(DATA.test().range(0, 0))))
            .getMessage();
    assertTrue(message.contains("there are no validation lists"), message);
  }

  @Test
  void a_listener_that_fails_leaves_a_usable_model() {
    Eglr eglr = small(2).build();
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            throw new IllegalStateException("no more");
          }
        };
    assertThrows(
        IllegalStateException.class, () -> eglr.trainEvaluator(DATA, t -> t.listener(failing)));
    assertFalse(eglr.evaluatorTrained());
    eglr.trainEvaluator(DATA, t -> t.epochs(1));
    assertEquals(DATA.test().size(), eglr.clickProbabilities(DATA.test()).size());
  }

  @Test
  void a_new_evaluator_asks_for_a_new_generator() {
    Eglr eglr = trained(small(4));
    assertTrue(eglr.generatorTrained());
    eglr.trainEvaluator(DATA, t -> t.epochs(1));
    assertFalse(eglr.generatorTrained());
  }

  @Test
  void a_listener_sees_every_step_and_measurement() {
    List<String> seen = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            seen.add("step " + step.step() + "/" + step.total());
          }

          @Override
          public void onValidation(org.eglr.train.Validation validation) {
            seen.add("validation " + validation.step());
          }

          @Override
          public void onEnd(TrainingLog log) {
            seen.add("end " + log.name());
          }
        };
    Eglr eglr = small(2).build();
    eglr.trainEvaluator(DATA, t -> t.epochs(1).batchSize(100).listener(listener));
    eglr.trainGenerator(
        DATA, t -> t.steps(2).batchSize(4).groupSize(2).validateEvery(2).listener(listener));
    assertEquals(
        List.of(
            "step 1/2",
            "step 2/2",
            "validation 2",
            "end evaluator",
            "validation 0",
            "step 1/2",
            "step 2/2",
            "validation 2",
            "end grpo"),
        seen);
  }

  @Test
  void the_generator_needs_a_trained_evaluator() {
    Eglr eglr = small(1).build();
    String message =
        assertThrows(IllegalStateException.class, () -> eglr.trainGenerator(DATA, t -> t))
            .getMessage();
    assertTrue(message.contains("the evaluator is not trained: call trainEvaluator"), message);
  }

  @Test
  void data_of_another_schema_are_refused() {
    Splits other = Simulator.kuaiRandLike().lists(100).seed(2).log().split(0.8, 0.1, 0.1);
    Eglr eglr = small(1).build();
    for (Runnable use :
        List.<Runnable>of(
            () -> eglr.trainEvaluator(other, t -> t),
            () -> eglr.evaluate(other.test()),
            () -> eglr.rerank(other.test().request(0)))) {
      String message = assertThrows(DataException.class, use::run).getMessage();
      assertTrue(message.contains("the model's schema is not the data's"), message);
      assertTrue(message.contains("log.encode(model.schema())"), message);
    }
  }

  @Test
  void other_reasoning_settings_share_the_weights() {
    Eglr eglr = trained(small(4));
    Eglr always = eglr.withReasoning(r -> r.entropyThreshold(-1).maxSteps(2));
    Eglr never = eglr.withReasoning(r -> r.maxSteps(0));
    var request = DATA.test().request(0);
    assertEquals(2 * request.length(), always.rerank(request).trace().reasoningSteps());
    assertEquals(0, never.rerank(request).trace().reasoningSteps());
    assertEquals(eglr.parameters(), never.parameters());
  }

  @Test
  void a_comparison_reports_truth_and_entropy() {
    Eglr eglr = trained(small(4));
    Comparison comparison = eglr.compare(DATA.test());
    assertEquals(
        List.of("initial order", "sorted by evaluator", "EGLR"),
        comparison.reports().stream().map(Report::model).toList());
    Report initial = comparison.reports().get(0);
    double clicks = 0;
    for (int list = 0; list < DATA.test().size(); list++) {
      int[] shown = IntStream.range(0, DATA.test().length(list)).toArray();
      double[] truth = DATA.test().trueClickProbabilities(list, shown).orElseThrow();
      clicks += Arrays.stream(truth).sum() / DATA.test().size();
    }
    assertEquals(clicks, initial.value("true clicks"), 1e-9);
    assertTrue(comparison.reports().get(2).profile().isPresent());
    assertEquals(1 + initial.metrics().size(), comparison.toTable().columnCount());
    assertTrue(comparison.toCsv().startsWith("model,metric,value\ninitial order,MAP@5,0."));
    String message =
        assertThrows(IllegalArgumentException.class, () -> initial.value("MRR")).getMessage();
    assertTrue(message.contains("no metric 'MRR'; there are [MAP@5"), message);
  }
}
