package org.eglr.internal.learn;

/** Takes the steps of the evaluator's training (eq. 15-17). */
public interface EvaluatorLearner extends Learner {

  /**
   * Takes one step down the gradient of a batch.
   *
   * @param step the run's step, 1-based
   * @throws IllegalStateException if the gradient's norm is not finite, or too large for Adam; the
   *     step was not taken then
   */
  Losses step(BatchLists batch, int step);

  /**
   * What a step measured.
   *
   * @param click eq. 15, the mean over the batch
   * @param value eq. 16, likewise
   * @param norm the gradient's global norm before clipping
   */
  record Losses(double click, double value, double norm) {}
}
