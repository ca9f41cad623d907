package org.eglr.internal.learn;

import java.util.Arrays;
import org.eglr.internal.math.InOrder;

/**
 * Group-relative advantages (eq. 18): each reward against the mean and deviation of its own group,
 * the lists of one request, and of nothing else, so that they do not depend on the batch.
 */
public final class Advantages {

  /** A spread below this part of the rewards' size is rounding, not a difference. */
  private static final double ROUNDING = 1e-6;

  private Advantages() {}

  /**
   * @param rewards of one group
   * @param scale whether to divide by the deviation plus {@code floor}
   * @return advantages that sum to 0; all 0 where the group has no spread
   */
  public static double[] of(double[] rewards, boolean scale, double floor) {
    double mean = InOrder.mean(rewards);
    double[] advantages = Arrays.stream(rewards).map(reward -> reward - mean).toArray();
    double deviation = deviation(rewards);
    if (flat(rewards)) {
      return new double[rewards.length];
    }
    if (scale) {
      for (int g = 0; g < advantages.length; g++) {
        advantages[g] /= deviation + floor;
      }
    }
    return advantages;
  }

  /** The group's population deviation; two passes, so that equal rewards give exactly 0. */
  public static double deviation(double[] rewards) {
    double mean = InOrder.mean(rewards);
    return Math.sqrt(
        InOrder.mean(Arrays.stream(rewards).map(r -> (r - mean) * (r - mean)).toArray()));
  }

  /** Whether the group teaches nothing: its rewards are equal but for rounding. */
  public static boolean flat(double[] rewards) {
    double largest = Arrays.stream(rewards).map(Math::abs).max().orElse(0);
    return deviation(rewards) <= ROUNDING * largest;
  }
}
