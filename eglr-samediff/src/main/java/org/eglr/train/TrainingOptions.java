package org.eglr.train;

import org.eglr.Settings;
import org.eglr.data.ListSet;

/**
 * What both training stages can be told.
 *
 * @param <T> the stage's own options, which every method returns
 */
public abstract sealed class TrainingOptions<T extends TrainingOptions<T>>
    permits EvaluatorTraining, GrpoTraining {

  private int epochs;
  private int batchSize;
  private double learningRate;
  private double clipNorm;
  private int patience;
  private ListSet validation;
  private TrainingListener listener = new TrainingListener() {};

  TrainingOptions(int epochs, int batchSize, double learningRate) {
    this.epochs = epochs;
    this.batchSize = batchSize;
    this.learningRate = learningRate;
  }

  abstract T self();

  /** Passes over the training lists; 1 to 10,000. */
  public T epochs(int value) {
    Settings.require(value >= 1 && value <= 10_000, "epochs", value, "1 to 10000");
    epochs = value;
    return self();
  }

  /** Lists, or requests for GRPO, per optimiser step; 1 to 65,536. */
  public T batchSize(int value) {
    Settings.require(value >= 1 && value <= 65_536, "batchSize", value, "1 to 65536");
    batchSize = value;
    return self();
  }

  /** Adam's step size; above 0, at most 1. */
  public T learningRate(double value) {
    Settings.require(value > 0 && value <= 1, "learningRate", value, "above 0, at most 1");
    learningRate = value;
    return self();
  }

  /** Largest global gradient norm; longer gradients are scaled down; default 0: off. */
  public T clipNorm(double value) {
    Settings.require(value >= 0, "clipNorm", value, "at least 0; 0 turns it off");
    clipNorm = value;
    return self();
  }

  /** Measurements on validation lists without a better one that end the run; default 0: off. */
  public T patience(int value) {
    Settings.require(value >= 0, "patience", value, "at least 0; 0 turns it off");
    patience = value;
    return self();
  }

  /** Lists that decide which weights are kept; null: the last weights are. */
  public T validation(ListSet lists) {
    validation = lists;
    return self();
  }

  /** Watches the run. */
  public T listener(TrainingListener value) {
    Settings.require(value != null, "listener", null, "a TrainingListener");
    listener = value;
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

  public int patience() {
    return patience;
  }

  /** Null where there are none. */
  public ListSet validation() {
    return validation;
  }

  public TrainingListener listener() {
    return listener;
  }
}
