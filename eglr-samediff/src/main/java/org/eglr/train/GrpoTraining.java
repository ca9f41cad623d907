package org.eglr.train;

import org.eglr.internal.check.Setting;

/**
 * Options of the generator's GRPO training (section 4.4.2). Defaults: one epoch, batches of 32
 * requests with 8 lists each, learning rate 3e-3; on the validation lists the reward of the greedy
 * lists decides.
 */
public final class GrpoTraining extends TrainingOptions<GrpoTraining> {

  private int steps;
  private int groupSize = 8;
  private Reward reward = Reward.CLICK_DCG;
  private boolean scaleByDeviation = true;
  private double deviationFloor = 1e-6;
  private boolean normaliseEach;
  private int validateEvery = 25;
  private int updatesPerRollout = 1;
  private double clipLow = 0.2;
  private double clipHigh = 0.2;
  private double klToReference;
  private double entropyBonus;
  private double gainRate = 0.1;

  public GrpoTraining() {
    super(1, 32, 3e-3);
  }

  @Override
  GrpoTraining self() {
    return this;
  }

  /** Optimiser steps, instead of epochs; at least 0, default 0: as many as the epochs have. */
  public GrpoTraining steps(int value) {
    Setting.require(value >= 0, "steps", value, "at least 0; 0 leaves it to epochs");
    steps = value;
    return this;
  }

  /** Lists sampled per request, G; 2 to 1024, default 8. */
  public GrpoTraining groupSize(int value) {
    Setting.require(value >= 2 && value <= 1024, "groupSize", value, "2 to 1024");
    groupSize = value;
    return this;
  }

  /**
   * What is maximised: a ready one, several added up, or a lambda; not null, default the
   * evaluator's click DCG. It also decides on the validation lists.
   */
  public GrpoTraining reward(Reward value) {
    Setting.require(value != null, "reward", null, "a Reward");
    reward = value;
    return this;
  }

  /** Whether advantages are divided by the group's deviation; false is "Dr. GRPO"; default true. */
  public GrpoTraining scaleByDeviation(boolean value) {
    scaleByDeviation = value;
    return this;
  }

  /**
   * Added to the group's deviation before dividing, delta of eq. 18; above 0, at most 1e6, default
   * 1e-6.
   */
  public GrpoTraining deviationFloor(double value) {
    Setting.require(value > 0 && value <= 1e6, "deviationFloor", value, "above 0, at most 1000000");
    deviationFloor = value;
    return this;
  }

  /**
   * Whether each part of a sum of rewards is made an advantage of its own within the group, before
   * the parts are weighted and added (as in GDPO: one part with a large spread does not drown the
   * others); default false: rewards are added first. Advantages stay within their group: they are
   * not normalised once more over the batch.
   */
  public GrpoTraining normaliseEach(boolean value) {
    normaliseEach = value;
    return this;
  }

  /**
   * Optimiser steps that learn from the same sampled lists; 1 to 64, default 1: fully on-policy
   * (eq. 19). From the second on the lists are another policy's, and each choice's log-probability
   * makes way for PPO's clipped ratio: with r = pi / pi of the first update, the loss is the mean
   * over lists of {@code -sum over k of min(r_k A, clamp(r_k, 1 - low, 1 + high) A)}, see {@link
   * #clip}. A run's {@code steps} count rollouts.
   */
  public GrpoTraining updatesPerRollout(int value) {
    Setting.require(value >= 1 && value <= 64, "updatesPerRollout", value, "1 to 64");
    updatesPerRollout = value;
    return this;
  }

  /**
   * How far a choice's ratio may leave 1 before it is clipped, where there are several updates per
   * rollout.
   *
   * @param low below 1: above 0, below 1, default 0.2
   * @param high above 1: above 0, at most 100, default 0.2; DAPO's "clip higher" is 0.28
   */
  public GrpoTraining clip(double low, double high) {
    Setting.require(low > 0 && low < 1, "clip.low", low, "above 0, below 1");
    Setting.require(high > 0 && high <= 100, "clip.high", high, "above 0, at most 100");
    clipLow = low;
    clipHigh = high;
    return this;
  }

  /**
   * Weight beta of the divergence from the reference, the generator as it is when the run begins; 0
   * to 100, default 0: off. Added to the loss is beta times the mean over lists of the sum over
   * choices of Schulman's k3 estimator, {@code exp(d) - d - 1} with {@code d = log ref - log pi}:
   * at least 0, and 0 where both agree. The reference makes its own reasoning tokens, as many as
   * the list has. It is kept in checkpoints.
   */
  public GrpoTraining klToReference(double beta) {
    Setting.require(beta >= 0 && beta <= 100, "klToReference", beta, "0 to 100; 0 turns it off");
    klToReference = beta;
    return this;
  }

  /**
   * Weight c of the entropy bonus; 0 to 100, default 0: off. Taken from the loss is c times the
   * mean over lists of the sum over choices of the entropy, in nats, at which the item is chosen
   * (eq. 12). Its gradient is exact, through the reasoning tokens too.
   */
  public GrpoTraining entropyBonus(double c) {
    Setting.require(c >= 0 && c <= 100, "entropyBonus", c, "0 to 100; 0 turns it off");
    entropyBonus = c;
    return this;
  }

  /**
   * Learning rate of the gain of reasoning, as a share of the {@link #learningRate}; 0 to 1,
   * default 0.1. With another query than {@link org.eglr.reasoning.QueryUpdate#GATED} there is no
   * gain. Adam moves every value by about its learning rate, whether its gradient says something or
   * not: at the full rate the gain wanders, and the rest of the generator, which has to follow it,
   * learns more slowly than without reasoning. 1 is how it learned before.
   */
  public GrpoTraining gainRate(double value) {
    Setting.require(value >= 0 && value <= 1, "gainRate", value, "0 to 1");
    gainRate = value;
    return this;
  }

  /** Optimiser steps between measurements on the validation lists; at least 1, default 25. */
  public GrpoTraining validateEvery(int value) {
    Setting.require(value >= 1, "validateEvery", value, "at least 1");
    validateEvery = value;
    return this;
  }

  public int steps() {
    return steps;
  }

  public int groupSize() {
    return groupSize;
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

  public boolean normaliseEach() {
    return normaliseEach;
  }

  public int validateEvery() {
    return validateEvery;
  }

  public int updatesPerRollout() {
    return updatesPerRollout;
  }

  public double clipLow() {
    return clipLow;
  }

  public double clipHigh() {
    return clipHigh;
  }

  public double klToReference() {
    return klToReference;
  }

  public double entropyBonus() {
    return entropyBonus;
  }

  public double gainRate() {
    return gainRate;
  }
}
