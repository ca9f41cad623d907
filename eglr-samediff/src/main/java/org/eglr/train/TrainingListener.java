package org.eglr.train;

/**
 * Watches a training run; called on the training thread, so it should be quick. Where the weights
 * are trained on a GPU, the model has their present values after each measurement, not after each
 * step.
 */
public interface TrainingListener {

  /** Called after each optimiser step. */
  default void onStep(TrainingStep step) {}

  /** Called after each measurement on the validation lists. */
  default void onValidation(Validation validation) {}

  /** Called when something goes wrong, once each; {@link TrainingLog#warnings} has them, too. */
  default void onWarning(String sentence) {}

  /** Called when the run has ended and the best weights are in place. */
  default void onEnd(TrainingLog log) {}
}
