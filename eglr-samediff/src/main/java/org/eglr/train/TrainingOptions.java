package org.eglr.train;

import java.nio.file.Path;
import org.eglr.data.ListSet;
import org.eglr.internal.check.Setting;

/**
 * What every training can be told.
 *
 * @param <T> the stage's own options, which every method returns
 */
public abstract sealed class TrainingOptions<T extends TrainingOptions<T>>
    permits EvaluatorTraining, GrpoTraining, RerankerTraining {

  private int epochs;
  private int batchSize;
  private double learningRate;
  private double clipNorm;
  private LearningRateSchedule schedule = LearningRateSchedule.constant();
  private int patience;
  private ListSet validation;
  private Path checkpoint;
  private int checkpointEvery;
  private Path resumedFrom;
  private TrainingListener listener = new TrainingListener() {};

  TrainingOptions(int epochs, int batchSize, double learningRate) {
    this.epochs = epochs;
    this.batchSize = batchSize;
    this.learningRate = learningRate;
  }

  abstract T self();

  /** Passes over the training lists; 1 to 10,000; default 8 for the evaluator, 1 for GRPO. */
  public T epochs(int value) {
    Setting.require(value >= 1 && value <= 10_000, "epochs", value, "1 to 10000");
    epochs = value;
    return self();
  }

  /** Lists, or requests for GRPO, per optimiser step; 1 to 65,536, default 128, or 32. */
  public T batchSize(int value) {
    Setting.require(value >= 1 && value <= 65_536, "batchSize", value, "1 to 65536");
    batchSize = value;
    return self();
  }

  /** Adam's step size; above 0, at most 1, default 1e-3 for the evaluator, 3e-3 for GRPO. */
  public T learningRate(double value) {
    Setting.require(value > 0 && value <= 1, "learningRate", value, "above 0, at most 1");
    learningRate = value;
    return self();
  }

  /** Largest global gradient norm; longer gradients are scaled down; at least 0, default 0: off. */
  public T clipNorm(double value) {
    Setting.require(value >= 0, "clipNorm", value, "at least 0; 0 turns it off");
    clipNorm = value;
    return self();
  }

  /**
   * What the learning rate is multiplied by from step to step; not null, default {@link
   * LearningRateSchedule#constant}. The weight decay of a step is scaled with it.
   */
  public T schedule(LearningRateSchedule value) {
    Setting.require(value != null, "schedule", null, "a LearningRateSchedule");
    schedule = value;
    return self();
  }

  /**
   * Measurements on validation lists without a better one that end the run; at least 0, default 0:
   * off.
   */
  public T patience(int value) {
    Setting.require(value >= 0, "patience", value, "at least 0; 0 turns it off");
    patience = value;
    return self();
  }

  /** Lists that decide which weights are kept; default null: the last weights are. */
  public T validation(ListSet lists) {
    validation = lists;
    return self();
  }

  /** Watches the run; not null, default one that does nothing. */
  public T listener(TrainingListener value) {
    Setting.require(value != null, "listener", null, "a TrainingListener");
    listener = value;
    return self();
  }

  /**
   * Writes all that the run needs to go on to one file: every so many steps, where it ends and
   * where it is interrupted. The file is replaced only by a complete one, and a run that fails
   * leaves the last one. {@link #resume} goes on with it; {@code Eglr.load} reads the model with
   * the best weights so far. While the run lives, no other one may write the file: a lock beside
   * it, NAME.lock, keeps them out, and ends with the process.
   *
   * @param file of an existing folder; it must not exist yet unless the run resumes from it
   * @param everySteps optimiser steps between checkpoints; at least 1
   */
  public T checkpoint(Path file, int everySteps) {
    Setting.require(file != null, "checkpoint", null, "a file");
    Setting.require(everySteps >= 1, "everySteps", everySteps, "at least 1");
    checkpoint = file;
    checkpointEvery = everySteps;
    return self();
  }

  /**
   * Goes on with the run of a checkpoint: weights and logged values become those of a run that was
   * never interrupted, bit by bit on the same kind of processor, whatever the number of threads.
   * Model, options and data must be those of the run; epochs and steps may be raised. The log has
   * the steps before, too; the listener is told of the new ones. Training refuses another run's
   * checkpoint with a {@link org.eglr.ModelFileException} that says what differs, and then changes
   * nothing.
   *
   * @param file that {@link #checkpoint} wrote
   */
  public T resume(Path file) {
    Setting.require(file != null, "resume", null, "a checkpoint's file");
    resumedFrom = file;
    return self();
  }

  public int epochs() {
    return epochs;
  }

  public int batchSize() {
    return batchSize;
  }

  public double learningRate() {
    return learningRate;
  }

  public double clipNorm() {
    return clipNorm;
  }

  public LearningRateSchedule schedule() {
    return schedule;
  }

  public int patience() {
    return patience;
  }

  /** Null where there are none. */
  public ListSet validation() {
    return validation;
  }

  /** Null where none is written. */
  public Path checkpoint() {
    return checkpoint;
  }

  /** Steps between checkpoints; 0 where none is written. */
  public int checkpointEvery() {
    return checkpointEvery;
  }

  /** Null where the run begins anew. */
  public Path resumedFrom() {
    return resumedFrom;
  }

  public TrainingListener listener() {
    return listener;
  }
}
