package org.eglr.data;

import java.util.Comparator;
import java.util.stream.IntStream;

/** How well one number tells clicks from the rest: area under the ROC curve. */
public final class Auc {

  private Auc() {}

  /**
   * The share of pairs of a click and none that the score orders rightly, ties by half.
   *
   * @param scores one an item, not NaN
   * @param clicked likewise
   * @return 0 to 1; NaN without pairs
   */
  public static double of(double[] scores, boolean[] clicked) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double right = 0;
    double below = 0;
    long clicks = 0;
    for (int from = 0, to; from < order.length; from = to) {
      int ones = 0;
      for (to = from; to < order.length && scores[order[to]] == scores[order[from]]; to++) {
        ones += clicked[order[to]] ? 1 : 0;
      }
      int zeros = to - from - ones;
      right += ones * (below + zeros / 2.0);
      below += zeros;
      clicks += ones;
    }
    return right / (clicks * below);
  }

  /** The same whichever end the clicks are at: 0.5 to 1. */
  static double eitherWay(double auc) {
    return Math.max(auc, 1 - auc);
  }
}
