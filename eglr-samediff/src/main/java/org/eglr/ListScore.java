package org.eglr;

import org.eglr.metrics.RankingMetrics;

/**
 * What an evaluator thinks of a list.
 *
 * @param clickProbabilities at each position; of several members the mean
 * @param value expected utility: the odds of the listwise head (eq. 16); above 0
 * @param deviations of the members' click probabilities at each position: the square root of the
 *     mean square difference from their mean; 0 to 0.5, and 0 where there is one member
 */
public record ListScore(double[] clickProbabilities, double value, double[] deviations) {

  /** The opinion of one. */
  public ListScore(double[] clickProbabilities, double value) {
    this(clickProbabilities, value, new double[clickProbabilities.length]);
  }

  /** DCG of the click probabilities (eq. 18): what re-rankers are rewarded for. */
  public double dcg() {
    return RankingMetrics.dcg(clickProbabilities);
  }

  /**
   * DCG of what the members agree on: sum of (p_i - beta * deviation_i) / log2(i + 1), i from 1.
   *
   * @param beta finite
   */
  public double dcg(double beta) {
    double[] careful = new double[clickProbabilities.length];
    for (int k = 0; k < careful.length; k++) {
      careful[k] = clickProbabilities[k] - beta * deviations[k];
    }
    return RankingMetrics.dcg(careful);
  }
}
