package org.eglr.train;

import org.eglr.Settings;
import org.eglr.data.ListSet;

/** Options of the evaluator's pre-training (section 4.4.1); every one has a default. */
public final class EvaluatorTraining {

  private int epochs = 8;
  private int batchSize = 128;
  private double learningRate = 1e-3;
  private double weightDecay = 0;
  private double clipNorm = 0;
  private int patience = 0;
  private ListSet validation;
  private TrainingListener listener = new TrainingListener() {};

  /** Passes over the training lists; 1 to 10,000, default 8. */
  public EvaluatorTraining epochs(int value) {
    Settings.require(value >= 1 && value <= 10_000, "epochs", value, "1 to 10000");
    epochs = value;
    return this;
  }

  /** Lists per optimiser step; default 128. */
  public EvaluatorTraining batchSize(int value) {
    Settings.require(value >= 1 && value <= 65_536, "batchSize", value, "1 to 65536");
    batchSize = value;
    return this;
  }

  /** Adam's step size; default 1e-3. */
  public EvaluatorTraining learningRate(double value) {
    Settings.require(value > 0 && value <= 1, "learningRate", value, "above 0, at most 1");
    learningRate = value;
    return this;
  }

  /** Decoupled weight decay per step, times the learning rate; default 0. */
  public EvaluatorTraining weightDecay(double value) {
    Settings.require(value >= 0 && value <= 10, "weightDecay", value, "0 to 10");
    weightDecay = value;
    return this;
  }

  /** Largest global gradient norm; longer gradients are scaled down; default 0: off. */
  public EvaluatorTraining clipNorm(double value) {
    Settings.require(value >= 0, "clipNorm", value, "at least 0; 0 turns it off");
    clipNorm = value;
    return this;
  }

  /** Epochs without a better validation loss after which training stops; default 0: never. */
  public EvaluatorTraining patience(int value) {
    Settings.require(value >= 0, "patience", value, "at least 0; 0 turns it off");
    patience = value;
    return this;
  }

  /** Lists that decide which weights are kept; without them the last ones are. */
  public EvaluatorTraining validation(ListSet lists) {
    validation = lists;
    return this;
  }

  /** Watches the run. */
  public EvaluatorTraining listener(TrainingListener value) {
    listener = value;
    return this;
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

  public double weightDecay() {
    return weightDecay;
  }

  public double clipNorm() {
    return clipNorm;
  }

  public int patience() {
    return patience;
  }

  public ListSet validation() {
    return validation;
  }

  public TrainingListener listener() {
    return listener;
  }
}
