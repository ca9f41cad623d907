package org.eglr.internal.learn;

/** Takes the steps of a training, wherever the weights lie meanwhile. Not thread-safe. */
public interface Learner extends AutoCloseable {

  /** What is trained. */
  TrainedWeights trained();

  /**
   * Multiplies the learning rate of the steps to come.
   *
   * @param factor of the options' rate, above 0, at most 1; 1 until this is called
   */
  void schedule(double factor);

  /** Takes over the present values of the model's weights, which were set from outside. */
  void weightsChanged();

  /** Frees what computes. */
  @Override
  void close();
}
