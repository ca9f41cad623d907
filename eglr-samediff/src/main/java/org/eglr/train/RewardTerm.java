package org.eglr.train;

import org.eglr.internal.check.Setting;

/**
 * A part of a reward.
 *
 * @param weight it is added with; finite
 * @param reward that has no parts itself
 */
public record RewardTerm(double weight, Reward reward) {

  public RewardTerm {
    Setting.require(Double.isFinite(weight), "weight", weight, "a finite number");
  }
}
