package org.eglr.train;

import org.eglr.internal.check.Setting;

/**
 * Options of the training of a re-ranker of {@code org.eglr.rerank}. Defaults: 5 epochs, in stages
 * that learn from an evaluator {@link #reinforcedEpochs} of 1, batches of 64 lists, learning rate
 * 1e-3; on the validation lists the loss decides, and in stages that learn from an evaluator the
 * mean worth of greedy lists.
 */
public final class RerankerTraining extends TrainingOptions<RerankerTraining> {

  private double weightDecay;
  private String stage;
  private int samples;
  private int updates = 1;
  private int reinforcedEpochs = 1;
  private int validateEvery;

  public RerankerTraining() {
    super(5, 64, 1e-3);
  }

  @Override
  RerankerTraining self() {
    return this;
  }

  /** Decoupled weight decay per step, times the learning rate; 0 to 10, default 0. */
  public RerankerTraining weightDecay(double value) {
    Setting.require(value >= 0 && value <= 10, "weightDecay", value, "0 to 10");
    weightDecay = value;
    return this;
  }

  /** The one stage that is trained, by its name; default null: all, one after another. */
  public RerankerTraining stage(String name) {
    stage = name;
    return this;
  }

  /**
   * Lists sampled for each request where a stage samples; 0 to 1024, default 0: as many as the
   * model asks for.
   */
  public RerankerTraining samples(int value) {
    Setting.require(value >= 0 && value <= 1024, "samples", value, "0 to 1024");
    samples = value;
    return this;
  }

  /** Optimiser steps that learn from the same sampled lists; 1 to 64, default 1. */
  public RerankerTraining updates(int value) {
    Setting.require(value >= 1 && value <= 64, "updates", value, "1 to 64");
    updates = value;
    return this;
  }

  /**
   * Passes over the lists in stages that learn from an evaluator, where {@link #epochs} is of those
   * that learn from clicks; 1 to 10000, default 1, as each pass draws several lists a request.
   */
  public RerankerTraining reinforcedEpochs(int value) {
    Setting.require(value >= 1 && value <= 10_000, "reinforcedEpochs", value, "1 to 10000");
    reinforcedEpochs = value;
    return this;
  }

  /**
   * Steps between measurements on the validation lists; at least 0, default 0: every epoch, in
   * stages that learn from an evaluator four times an epoch.
   */
  public RerankerTraining validateEvery(int value) {
    Setting.require(value >= 0, "validateEvery", value, "at least 0; 0 is as usual");
    validateEvery = value;
    return this;
  }

  public double weightDecay() {
    return weightDecay;
  }

  /** Null where all are trained. */
  public String stage() {
    return stage;
  }

  public int samples() {
    return samples;
  }

  public int updates() {
    return updates;
  }

  public int reinforcedEpochs() {
    return reinforcedEpochs;
  }

  public int validateEvery() {
    return validateEvery;
  }
}
