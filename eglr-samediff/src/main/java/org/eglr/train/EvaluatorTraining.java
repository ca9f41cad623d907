package org.eglr.train;

import org.eglr.internal.check.Setting;

/**
 * Options of the evaluator's pre-training (section 4.4.1). Defaults: 8 epochs, batches of 128
 * lists, learning rate 1e-3; on the validation lists the loss decides (eq. 17), measured every
 * epoch.
 */
public final class EvaluatorTraining extends TrainingOptions<EvaluatorTraining> {

  private double weightDecay;

  public EvaluatorTraining() {
    super(8, 128, 1e-3);
  }

  @Override
  EvaluatorTraining self() {
    return this;
  }

  /** Decoupled weight decay per step, times the learning rate; 0 to 10, default 0. */
  public EvaluatorTraining weightDecay(double value) {
    Setting.require(value >= 0 && value <= 10, "weightDecay", value, "0 to 10");
    weightDecay = value;
    return this;
  }

  public double weightDecay() {
    return weightDecay;
  }
}
