package org.eglr.internal.learn;

import java.util.Arrays;
import java.util.Map;
import org.eglr.internal.math.InOrder;

/** What a step's groups look like: how much there is to learn from, and what goes wrong. */
final class GroupStatistics {

  private final int groups;
  private double spread;
  private int flat;
  private int nearlyFlat;
  private double largest;
  private double agreement;
  private int agreeing; // groups with a spread of both

  /**
   * @param groups of the step
   */
  GroupStatistics(int groups) {
    this.groups = groups;
  }

  /**
   * Adds a group.
   *
   * @param rewards of its lists: [G]
   * @param advantages likewise
   * @param truth the lists' true DCG; null where it is not known
   */
  void add(double[] rewards, double[] advantages, double[] truth) {
    spread += Advantages.deviation(rewards) / groups;
    flat += Advantages.flat(rewards) ? 1 : 0;
    nearlyFlat += Advantages.nearlyFlat(rewards) ? 1 : 0;
    largest = Math.max(largest, Arrays.stream(advantages).map(Math::abs).max().orElse(0));
    if (truth != null && !Advantages.flat(rewards) && !Advantages.flat(truth)) {
      agreement += correlation(rewards, truth);
      agreeing++;
    }
  }

  void into(Map<String, Double> values) {
    values.put("reward std", spread);
    values.put("flat groups", (double) flat / groups);
    values.put("near-flat groups", (double) nearlyFlat / groups);
    values.put("largest advantage", largest);
    if (agreeing > 0) {
      values.put("truth agreement", agreement / agreeing);
    }
  }

  /** Pearson's; both have a spread. */
  private static double correlation(double[] a, double[] b) {
    double meanA = InOrder.mean(a);
    double meanB = InOrder.mean(b);
    double sum = 0;
    for (int g = 0; g < a.length; g++) {
      sum += (a[g] - meanA) * (b[g] - meanB) / a.length;
    }
    return sum / Advantages.deviation(a) / Advantages.deviation(b);
  }
}
