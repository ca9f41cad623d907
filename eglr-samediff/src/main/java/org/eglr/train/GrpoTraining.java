package org.eglr.train;

import org.eglr.internal.check.Setting;

/**
 * Options of the generator's GRPO training (section 4.4.2). Defaults: one epoch, batches of 32
 * requests with 8 lists each, learning rate 3e-3; on the validation lists the reward of the greedy
 * lists decides.
 */
public final class GrpoTraining extends TrainingOptions<GrpoTraining> {

  private int steps;
  private int groupSize = 8;
  private Reward reward = Reward.CLICK_DCG;
  private boolean scaleByDeviation = true;
  private double deviationFloor = 1e-6;
  private int validateEvery = 25;

  public GrpoTraining() {
    super(1, 32, 3e-3);
  }

  @Override
  GrpoTraining self() {
    return this;
  }

  /** Optimiser steps, instead of epochs; at least 0, default 0: as many as the epochs have. */
  public GrpoTraining steps(int value) {
    Setting.require(value >= 0, "steps", value, "at least 0; 0 leaves it to epochs");
    steps = value;
    return this;
  }

  /** Lists sampled per request, G; 2 to 1024, default 8. */
  public GrpoTraining groupSize(int value) {
    Setting.require(value >= 2 && value <= 1024, "groupSize", value, "2 to 1024");
    groupSize = value;
    return this;
  }

  /** What is maximised; not null, default the evaluator's click DCG. */
  public GrpoTraining reward(Reward value) {
    Setting.require(value != null, "reward", null, "CLICK_DCG or LIST_VALUE");
    reward = value;
    return this;
  }

  /** Whether advantages are divided by the group's deviation; false is "Dr. GRPO"; default true. */
  public GrpoTraining scaleByDeviation(boolean value) {
    scaleByDeviation = value;
    return this;
  }

  /**
   * Added to the group's deviation before dividing, delta of eq. 18; above 0, at most 1e6, default
   * 1e-6.
   */
  public GrpoTraining deviationFloor(double value) {
    Setting.require(value > 0 && value <= 1e6, "deviationFloor", value, "above 0, at most 1000000");
    deviationFloor = value;
    return this;
  }

  /** Optimiser steps between measurements on the validation lists; at least 1, default 25. */
  public GrpoTraining validateEvery(int value) {
    Setting.require(value >= 1, "validateEvery", value, "at least 1");
    validateEvery = value;
    return this;
  }

  public int steps() {
    return steps;
  }

  public int groupSize() {
    return groupSize;
  }

  public Reward reward() {
    return reward;
  }

  public boolean scaleByDeviation() {
    return scaleByDeviation;
  }

  public double deviationFloor() {
    return deviationFloor;
  }

  public int validateEvery() {
    return validateEvery;
  }
}
