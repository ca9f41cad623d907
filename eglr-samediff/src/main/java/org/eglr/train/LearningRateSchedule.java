package org.eglr.train;

import java.util.Locale;
import org.eglr.internal.check.Setting;

/**
 * What the learning rate is multiplied by, a factor between 0 and 1 of the step.
 *
 * @param shape after the warm-up
 * @param warmUpSteps over which the factor grows in equal parts to 1, as {@code step / (warmUpSteps
 *     + 1)}; 0 to 1,000,000
 */
public record LearningRateSchedule(Shape shape, int warmUpSteps) {

  /** How the factor goes on once it has reached 1. */
  public enum Shape {
    /** It stays. */
    CONSTANT,
    /** It falls by half a cosine to almost 0 at the run's last step. */
    COSINE
  }

  public LearningRateSchedule {
    Setting.require(shape != null, "schedule", null, "constant or cosine");
    Setting.require(
        warmUpSteps >= 0 && warmUpSteps <= 1_000_000, "warmUpSteps", warmUpSteps, "0 to 1000000");
  }

  /** Always 1. */
  public static LearningRateSchedule constant() {
    return new LearningRateSchedule(Shape.CONSTANT, 0);
  }

  /** Grows over so many steps, and stays. */
  public static LearningRateSchedule warmUp(int steps) {
    return new LearningRateSchedule(Shape.CONSTANT, steps);
  }

  /**
   * Grows over so many steps, then falls by half a cosine, {@code (1 + cos(pi * done)) / 2} with
   * {@code done} the share of the steps after the warm-up that have been taken.
   */
  public static LearningRateSchedule cosine(int warmUpSteps) {
    return new LearningRateSchedule(Shape.COSINE, warmUpSteps);
  }

  /**
   * The factor of a step.
   *
   * @param step from 1
   * @param total steps of the run
   * @return above 0, at most 1
   */
  public double factor(int step, int total) {
    if (step <= warmUpSteps) {
      return (double) step / (warmUpSteps + 1);
    }
    if (shape == Shape.CONSTANT) {
      return 1;
    }
    int falling = Math.max(1, total - warmUpSteps);
    double done = (double) (step - warmUpSteps - 1) / falling;
    return (1 + StrictMath.cos(Math.PI * Math.min(1, done))) / 2;
  }

  /** As options of magics and checkpoints have it: {@code cosine, warm-up 10 steps}. */
  @Override
  public String toString() {
    String name = shape.name().toLowerCase(Locale.ROOT);
    return warmUpSteps == 0 ? name : name + ", warm-up " + warmUpSteps + " steps";
  }
}
