package org.eglr.internal.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eglr.Eglr;
import org.eglr.Engine;
import org.eglr.data.ListSet;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.train.EvaluatorTraining;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training with all weights on the device takes the steps of training in the computer's memory. */
class DeviceEvaluatorLearnerTest {

  @BeforeEach
  void largeCalls() {
    System.setProperty(Calls.PROPERTY, "large");
  }

  @AfterEach
  void callsAsUsual() {
    System.clearProperty(Calls.PROPERTY);
  }

  /** The last batch is larger than a part. */
  @ParameterizedTest
  @CsvSource({"ad, 40, 1", "ad, 40, 2", "kuairand, 1, 3", "kuairand, 60, 4", "kuairand, 2600, 5"})
  void the_same_losses_and_weights(String preset, int batchSize, long seed) {
    ListSet lists = lists(preset, Math.max(300, batchSize));
    Architecture architecture = architecture(lists, seed);
    EvaluatorTraining options = new EvaluatorTraining().weightDecay(0.1).clipNorm(0.5);
    Weights expected = architecture.evaluator();
    Weights actual = architecture.evaluator();
    BatchOrder order = new BatchOrder(lists.size(), batchSize, seed);
    try (EvaluatorLearner host =
            new HostEvaluatorLearner(Engine.SAMEDIFF, architecture, expected, options);
        EvaluatorLearner device = new DeviceEvaluatorLearner(architecture, actual, options)) {
      host.weightsChanged();
      device.weightsChanged();
      for (int step = 0; step < 12; step++) {
        EvaluatorLearner.Losses a = host.step(BatchLists.of(lists, order.batch(step)), step + 1);
        EvaluatorLearner.Losses b = device.step(BatchLists.of(lists, order.batch(step)), step + 1);
        assertEquals(a.click(), b.click(), 1e-5 * a.click(), "click loss of step " + step);
        assertEquals(a.value(), b.value(), 1e-5 * a.value(), "value loss of step " + step);
        assertEquals(a.norm(), b.norm(), 1e-5 * a.norm(), "norm of step " + step);
      }
      device.trained().store();
    }
    assertClose(expected, actual);
  }

  /**
   * Twelve steps move a value by up to 1e-2. Adam divides a gradient by its size, so rounding shows
   * where it nearly vanishes; a key's bias has no other gradient than rounding.
   */
  private static void assertClose(Weights expected, Weights actual) {
    for (Tensor tensor : expected.all()) {
      float tolerance = tensor.name().endsWith("k.bias") ? 2e-3f : 1e-4f;
      assertArrayEquals(tensor.data(), actual.data(tensor.name()), tolerance, tensor.name());
    }
  }

  @Test
  void the_models_weights_follow_only_when_wanted() {
    ListSet lists = lists("ad", 50);
    Architecture architecture = architecture(lists, 1);
    Weights weights = architecture.evaluator();
    Weights before = weights.copy();
    try (EvaluatorLearner learner =
        new DeviceEvaluatorLearner(architecture, weights, new EvaluatorTraining())) {
      learner.weightsChanged();
      learner.step(BatchLists.of(lists, new int[] {0, 1, 2}), 1);
      assertSame(before, weights);
      learner.trained().store();
      assertFalse(Arrays.equals(before.data("inp.weight"), weights.data("inp.weight")));
    }
  }

  @Test
  void weights_from_outside_take_effect() {
    ListSet lists = lists("ad", 50);
    Architecture architecture = architecture(lists, 1);
    Weights weights = architecture.evaluator();
    int[] batch = {0, 1, 2};
    try (EvaluatorLearner learner =
        new DeviceEvaluatorLearner(architecture, weights, new EvaluatorTraining())) {
      learner.weightsChanged();
      EvaluatorLearner.Losses first = learner.step(BatchLists.of(lists, batch), 1);
      EvaluatorLearner.Losses second = learner.step(BatchLists.of(lists, batch), 2);
      assertTrue(second.click() + second.value() < first.click() + first.value());
      learner.weightsChanged(); // the model's own, not yet trained
      assertEquals(first, learner.step(BatchLists.of(lists, batch), 3));
    }
  }

  @Test
  void a_step_that_cannot_be_taken_changes_nothing() {
    ListSet lists = lists("ad", 50);
    Architecture architecture = architecture(lists, 1);
    Weights weights = architecture.evaluator();
    try (EvaluatorLearner learner =
        new DeviceEvaluatorLearner(architecture, weights, new EvaluatorTraining())) {
      learner.weightsChanged();
      learner.step(BatchLists.of(lists, new int[] {0, 1, 2}), 1);
      learner.trained().store();
      weights.data("point.weight")[0] = Float.NaN;
      learner.weightsChanged();
      Weights before = weights.copy();
      var error =
          assertThrows(
              IllegalStateException.class,
              () -> learner.step(BatchLists.of(lists, new int[] {3, 4}), 2));
      assertTrue(error.getMessage().contains("norm is NaN at step 2"), error.getMessage());
      learner.trained().store();
      assertSame(before, weights);
      assertEquals(1, learner.trained().state().steps());
    }
  }

  @Test
  void is_for_large_calls_of_graphs() {
    Weights weights = architecture(lists("ad", 50), 1).evaluator();
    assertTrue(DeviceAdam.suits(weights));
    System.setProperty(Calls.PROPERTY, "small");
    assertFalse(DeviceAdam.suits(weights));
  }

  private static ListSet lists(String preset, int count) {
    return Simulator.preset(preset)
        .lists(10 + count * 10 / 9)
        .listLength(3, 6)
        .pool(9)
        .seed(1)
        .log()
        .split(0.9, 0.05, 0.05)
        .train();
  }

  private static Architecture architecture(ListSet lists, long seed) {
    return new Architecture(
        lists.schema(),
        Eglr.builder(lists.schema())
            .width(8)
            .heads(2)
            .embedding(4)
            .position(4)
            .members(1)
            .seed(seed)
            .settings());
  }

  private static void assertSame(Weights expected, Weights actual) {
    for (Tensor tensor : expected.all()) {
      assertArrayEquals(tensor.data(), actual.data(tensor.name()), tensor.name());
    }
  }
}
