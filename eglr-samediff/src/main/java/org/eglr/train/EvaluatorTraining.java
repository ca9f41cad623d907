package org.eglr.train;

import org.eglr.internal.check.Setting;

/**
 * Options of the evaluator's pre-training (section 4.4.1). Defaults: 8 epochs, batches of 128
 * lists, learning rate 1e-3; on the validation lists, measured every epoch, {@link #selectBy}
 * decides.
 */
public final class EvaluatorTraining extends TrainingOptions<EvaluatorTraining> {

  private double weightDecay;
  private double dropout;
  private EvaluatorSelection selectBy = EvaluatorSelection.LOSS;

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

  /**
   * Share of values that a training step sets to 0 at random in the output of each attention and
   * feed-forward part, before it is added to its input (Vaswani et al., 2017); those kept are
   * divided by 1 - dropout. 0 to 0.9, default 0: off. Drawn by the model's seed, the step and the
   * list. Plain-Java engine only.
   */
  public EvaluatorTraining dropout(double value) {
    Setting.require(value >= 0 && value <= 0.9, "dropout", value, "0 to 0.9; 0 turns it off");
    dropout = value;
    return this;
  }

  /**
   * By what the validation lists decide which weights are kept, and when {@link #patience} ends;
   * not null, default {@link EvaluatorSelection#LOSS}. Without validation lists it has no meaning.
   */
  public EvaluatorTraining selectBy(EvaluatorSelection value) {
    Setting.require(value != null, "selectBy", null, "LOSS or ORDER");
    selectBy = value;
    return this;
  }

  public EvaluatorSelection selectBy() {
    return selectBy;
  }

  public double dropout() {
    return dropout;
  }

  public double weightDecay() {
    return weightDecay;
  }
}
