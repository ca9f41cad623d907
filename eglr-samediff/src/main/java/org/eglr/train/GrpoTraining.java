package org.eglr.train;

import org.eglr.Settings;
import org.eglr.data.ListSet;

/** Options of the generator's GRPO training (section 4.4.2); every one has a default. */
public final class GrpoTraining {

  private int epochs = 1;
  private int steps = 0;
  private int batchSize = 32;
  private int groupSize = 8;
  private double learningRate = 3e-3;
  private Reward reward = Reward.CLICK_DCG;
  private boolean scaleByDeviation = true;
  private double deviationFloor = 1e-6;
  private double clipNorm = 0;
  private int validateEvery = 25;
  private int patience = 0;
  private ListSet validation;
  private TrainingListener listener = new TrainingListener() {};

  /** Passes over the training requests; default 1. */
  public GrpoTraining epochs(int value) {
    Settings.require(value >= 1 && value <= 10_000, "epochs", value, "1 to 10000");
    epochs = value;
    return this;
  }

  /** Optimiser steps, instead of epochs; default 0: as many as the epochs have. */
  public GrpoTraining steps(int value) {
    Settings.require(value >= 0, "steps", value, "at least 0; 0 leaves it to epochs");
    steps = value;
    return this;
  }

  /** Requests per optimiser step; default 32. */
  public GrpoTraining batchSize(int value) {
    Settings.require(value >= 1 && value <= 65_536, "batchSize", value, "1 to 65536");
    batchSize = value;
    return this;
  }

  /** Lists sampled per request, G; 2 to 1024, default 8. */
  public GrpoTraining groupSize(int value) {
    Settings.require(value >= 2 && value <= 1024, "groupSize", value, "2 to 1024");
    groupSize = value;
    return this;
  }

  /** Adam's step size; default 3e-3. */
  public GrpoTraining learningRate(double value) {
    Settings.require(value > 0 && value <= 1, "learningRate", value, "above 0, at most 1");
    learningRate = value;
    return this;
  }

  /** What is maximised; default the evaluator's click DCG. */
  public GrpoTraining reward(Reward value) {
    Settings.require(value != null, "reward", null, "CLICK_DCG or LIST_VALUE");
    reward = value;
    return this;
  }

  /** Whether advantages are divided by the group's deviation; false is "Dr. GRPO". */
  public GrpoTraining scaleByDeviation(boolean value) {
    scaleByDeviation = value;
    return this;
  }

  /** Added to the group's deviation before dividing, delta of eq. 18; default 1e-6. */
  public GrpoTraining deviationFloor(double value) {
    Settings.require(value > 0, "deviationFloor", value, "above 0");
    deviationFloor = value;
    return this;
  }

  /** Largest global gradient norm; longer gradients are scaled down; default 0: off. */
  public GrpoTraining clipNorm(double value) {
    Settings.require(value >= 0, "clipNorm", value, "at least 0; 0 turns it off");
    clipNorm = value;
    return this;
  }

  /** Optimiser steps between measurements on the validation lists; default 25. */
  public GrpoTraining validateEvery(int value) {
    Settings.require(value >= 1, "validateEvery", value, "at least 1");
    validateEvery = value;
    return this;
  }

  /** Measurements without a better one after which training stops; default 0: never. */
  public GrpoTraining patience(int value) {
    Settings.require(value >= 0, "patience", value, "at least 0; 0 turns it off");
    patience = value;
    return this;
  }

  /** Lists that decide which weights are kept; without them the last ones are. */
  public GrpoTraining validation(ListSet lists) {
    validation = lists;
    return this;
  }

  /** Watches the run. */
  public GrpoTraining listener(TrainingListener value) {
    listener = value;
    return this;
  }

  public int epochs() {
    return epochs;
  }

  public int steps() {
    return steps;
  }

  public int batchSize() {
    return batchSize;
  }

  public int groupSize() {
    return groupSize;
  }

  public double learningRate() {
    return learningRate;
  }

  public Reward reward() {
    return reward;
  }

  public boolean scaleByDeviation() {
    return scaleByDeviation;
  }

  public double deviationFloor() {
    return deviationFloor;
  }

  public double clipNorm() {
    return clipNorm;
  }

  public int validateEvery() {
    return validateEvery;
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
