package org.eglr.internal.learn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eglr.internal.model.Weights;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingOptions;

/** A training without checkpoint files, for those whose model is not the evaluator or generator. */
public final class TrainingRun {

  /** What a step does, and how weights are measured. */
  public interface Work {

    /** The weights were set from outside. */
    void weightsChanged();

    /**
     * Takes a step.
     *
     * @param step 1-based
     * @param batch indices of training lists
     * @param factor of the learning rate
     * @return measurements in reading order
     */
    Map<String, Double> step(int step, int[] batch, double factor);

    /** Measures the weights on validation lists; the first value decides. */
    Map<String, Double> validate();

    /** Frees what computes. */
    void close();
  }

  private final TrainingOptions<?> options;
  private final int validateEvery;
  private final BatchOrder order;
  private final RunLog log;

  /**
   * @param epochs passes over the lists
   * @param validateEvery steps
   * @param lists number of training lists
   */
  public TrainingRun(
      String name,
      TrainingOptions<?> options,
      int epochs,
      int validateEvery,
      int lists,
      long seed) {
    this.options = options;
    int perEpoch = Shards.count(lists, options.batchSize());
    this.validateEvery = validateEvery;
    order = new BatchOrder(lists, options.batchSize(), seed);
    log = new RunLog(name, Math.multiplyExact(perEpoch, epochs), options.listener());
  }

  /**
   * Trains; when it returns, the best weights are in place.
   *
   * @param higherIsBetter of what decides
   */
  public TrainingLog train(
      Weights weights, TrainedWeights trained, boolean higherIsBetter, Work work) {
    BestWeights best = new BestWeights(weights, higherIsBetter, options.patience());
    RunState run = new RunState(trained, best, null, log);
    Checkpoints none = new Checkpoints(options, null, weights, null, List::of);
    TrainingLoop.Stage stage =
        new TrainingLoop.Stage() {
          @Override
          public void weightsChanged() {
            work.weightsChanged();
          }

          @Override
          public void step(int step) {
            double factor = options.schedule().factor(step, log.total());
            log.step(Optional.empty(), work.step(step, order.batch(step - 1), factor));
          }

          @Override
          public Map<String, Double> validate() {
            return work.validate();
          }

          @Override
          public void close() {
            work.close();
          }
        };
    return new TrainingLoop(options, validateEvery, run, none).run(stage, higherIsBetter);
  }
}
