package org.eglr.internal.learn;

import java.util.Map;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingOptions;

/** What both stages do: batch after batch, measurements, best weights, checkpoints, a good end. */
final class TrainingLoop {

  /** What a stage does in its own way. */
  interface Stage {

    /** The weights were set from outside. */
    void weightsChanged();

    /**
     * Takes a step and logs it.
     *
     * @param step 1-based
     */
    void step(int step);

    /** Measures the weights on the validation lists; the first value decides. */
    Map<String, Double> validate();

    /** Frees what computes; always called. */
    void close();
  }

  private final TrainingOptions<?> options;
  private final int validateEvery;
  private final RunState run;
  private final Checkpoints checkpoints;

  /**
   * @param validateEvery steps between measurements on validation lists
   */
  TrainingLoop(
      TrainingOptions<?> options, int validateEvery, RunState run, Checkpoints checkpoints) {
    this.options = options;
    this.validateEvery = validateEvery;
    this.run = run;
    this.checkpoints = checkpoints;
  }

  /**
   * Trains; when it returns, the best weights are in place.
   *
   * @param first whether the initial weights are measured, too
   */
  TrainingLog run(Stage stage, boolean first) {
    RunLog log = run.log();
    Throwable failure = null;
    try {
      checkpoints.start(run);
      stage.weightsChanged();
      if (first && log.taken() == 0 && !log.measured()) {
        measure(stage);
      }
      while (log.taken() < log.total() && !log.interrupted() && !run.best().givesUp()) {
        int step = log.taken();
        stage.step(step + 1);
        if ((step + 1) % validateEvery == 0) {
          measure(stage);
        }
        checkpoints.afterStep(run);
      }
      // Before the measurement below, which a longer run would not have made.
      checkpoints.end(run);
      if (!log.measured()) {
        measure(stage); // stopped between two measurements
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    end(stage, failure);
    return log.end();
  }

  /** Ends a run in good order; what fails meanwhile does not hide why the run failed. */
  private void end(Stage stage, Throwable failure) {
    try {
      end(stage);
    } catch (RuntimeException | Error e) {
      if (failure == null) {
        throw e;
      }
      failure.addSuppressed(e);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  private void end(Stage stage) {
    try {
      if (!run.best().restore()) {
        run.trained().store();
      }
    } finally {
      checkpoints.close();
      stage.close();
    }
  }

  private void measure(Stage stage) {
    if (options.validation() != null) {
      run.trained().store();
      run.log().validation(run.best().measured(run.log().taken(), stage.validate()));
    }
  }
}
