package org.eglr.internal.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eglr.Eglr;
import org.eglr.Engine;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingOptions;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gradient that is not finite ends the run by name and leaves good weights. */
class NotFiniteTest {

  private static final Splits DATA =
      Simulator.adLike().lists(80).listLength(4, 5).pool(6).seed(1).log().split(0.7, 0.15, 0.15);

  @TempDir Path folder;

  private final Architecture architecture =
      new Architecture(
          DATA.schema(),
          Eglr.builder(DATA.schema())
              .width(8)
              .heads(2)
              .embedding(4)
              .position(4)
              .trainFeatures(true)
              .settings());

  @Test
  void in_the_evaluators_training() {
    Weights weights = architecture.evaluator();
    EvaluatorTraining options = new EvaluatorTraining().epochs(4).batchSize(56);
    check(
        weights,
        weights.data("point.weight"),
        options,
        () ->
            new EvaluatorTrainer(Engine.JAVA, architecture, weights, options).train(DATA.train()));
  }

  @Test
  void in_the_generators_training() {
    Weights evaluator = architecture.evaluator();
    Weights weights = architecture.generator();
    GrpoTraining options = new GrpoTraining().steps(5).batchSize(10).validateEvery(1);
    check(
        weights,
        evaluator.data("features.item.0.weight"), // makes rewards that are no numbers
        options,
        () ->
            new GrpoTrainer(Engine.JAVA, architecture, evaluator, weights, options)
                .train(DATA.train()));
  }

  /** Spoils some weights after the third step, so that the fourth cannot be taken. */
  private void check(
      Weights weights, float[] spoilt, TrainingOptions<?> options, Runnable training) {
    Path file = folder.resolve("run.checkpoint");
    List<Weights> kept = new ArrayList<>();
    List<byte[]> checkpoint = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onValidation(Validation validation) {
            if (validation.best()) {
              kept.add(weights.copy());
            }
          }

          @Override
          public void onStep(TrainingStep step) {
            if (step.step() == 3) {
              checkpoint.add(bytes(file));
              Arrays.fill(spoilt, Float.NaN);
            }
          }
        };
    options.validation(DATA.valid()).checkpoint(file, 2).listener(listener);
    String message = assertThrows(IllegalStateException.class, training::run).getMessage();
    assertTrue(message.matches("the gradient's norm is \\S+ at step 4: .*"), message);
    assertTrue(message.contains("the step was not taken and the best weights so far"), message);
    assertTrue(message.contains("lower the learning rate or set clipNorm"), message);
    assertSame(kept.get(kept.size() - 1), weights);
    assertArrayEquals(checkpoint.get(0), bytes(file), "that of step 2 stays");
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertSame(Weights expected, Weights actual) {
    for (Tensor tensor : expected.all()) {
      assertArrayEquals(tensor.data(), actual.data(tensor.name()), tensor.name());
    }
  }
}
