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

  /** A spread below this part of the rewards' size is hardly one. */
  private static final double SLIGHT = 1e-3;

  private Advantages() {}

  /**
   * Advantages of a group whose rewards have several parts.
   *
   * @param parts rewards by list and part: [G][P]
   * @param weights by which parts are added: [P]
   * @param each whether each part is normalised before it is added, as in GDPO; otherwise the sums
   *     are
   * @param scale whether to divide by the deviation plus {@code floor}
   * @return advantages that sum to 0; a part without spread contributes nothing to them
   */
  public static double[] of(
      double[][] parts, double[] weights, boolean each, boolean scale, double floor) {
    if (!each) {
      return of(totals(parts, weights), scale, floor);
    }
    double[] advantages = new double[parts.length];
    for (int p = 0; p < weights.length; p++) {
      int part = p;
      double[] own = of(Arrays.stream(parts).mapToDouble(r -> r[part]).toArray(), scale, floor);
      for (int g = 0; g < advantages.length; g++) {
        advantages[g] += weights[p] * own[g];
      }
    }
    return advantages;
  }

  /** The weighted sums of parts: [G]. */
  public static double[] totals(double[][] parts, double[] weights) {
    double[] totals = new double[parts.length];
    for (int g = 0; g < totals.length; g++) {
      for (int p = 0; p < weights.length; p++) {
        totals[g] += weights[p] * parts[g][p];
      }
    }
    return totals;
  }

  /** Whether the group has a spread, but next to none beside the size of its rewards. */
  public static boolean nearlyFlat(double[] rewards) {
    double largest = Arrays.stream(rewards).map(Math::abs).max().orElse(0);
    return !flat(rewards) && deviation(rewards) <= SLIGHT * largest;
  }

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
