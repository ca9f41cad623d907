package org.eglr.metrics;

/**
 * Ranking metrics of one list as LibRerank defines them: labels travel with the items, and an ideal
 * order is that of the same labels sorted.
 */
public final class RankingMetrics {

  private RankingMetrics() {}

  /**
   * NDCG@k with gains 2^label - 1.
   *
   * @param clicks labels in list order
   * @param all labels of the whole pool, in any order; the ideal list is made of these
   * @param k cut-off; at least 1
   * @return 0 to 1; 0 where nothing was clicked
   */
  public static double ndcg(boolean[] clicks, boolean[] all, int k) {
    int relevant = count(all, all.length);
    if (relevant == 0) {
      return 0;
    }
    double dcg = 0;
    for (int i = 0; i < Math.min(k, clicks.length); i++) {
      dcg += clicks[i] ? discount(i) : 0;
    }
    double ideal = 0;
    for (int i = 0; i < Math.min(Math.min(k, clicks.length), relevant); i++) {
      ideal += discount(i);
    }
    return dcg / ideal;
  }

  /**
   * Average precision at k: the mean, over the clicks within the first k, of the precision at each.
   *
   * @return 0 to 1; 0 where none of the first k was clicked
   */
  public static double averagePrecision(boolean[] clicks, int k) {
    double sum = 0;
    int seen = 0;
    for (int i = 0; i < Math.min(k, clicks.length); i++) {
      if (clicks[i]) {
        seen++;
        sum += (double) seen / (i + 1);
      }
    }
    return seen == 0 ? 0 : sum / seen;
  }

  /** Number of clicks within the first k. */
  public static int clicks(boolean[] clicks, int k) {
    return count(clicks, k);
  }

  /** Sum of probabilities, discounted by position: the DCG of eq. 18. */
  public static double dcg(double[] probabilities) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += probabilities[i] * discount(i);
    }
    return sum;
  }

  private static double discount(int index) {
    return StrictMath.log(2) / StrictMath.log(index + 2);
  }

  private static int count(boolean[] flags, int k) {
    int count = 0;
    for (int i = 0; i < Math.min(k, flags.length); i++) {
      count += flags[i] ? 1 : 0;
    }
    return count;
  }
}
