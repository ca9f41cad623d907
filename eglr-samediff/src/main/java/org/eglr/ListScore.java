package org.eglr;

import org.eglr.metrics.RankingMetrics;

/**
 * What an evaluator thinks of a list.
 *
 * @param clickProbabilities at each position
 * @param value expected utility: the odds of the listwise head (eq. 16); above 0
 */
public record ListScore(double[] clickProbabilities, double value) {

  /** DCG of the click probabilities (eq. 18): what re-rankers are rewarded for. */
  public double dcg() {
    return RankingMetrics.dcg(clickProbabilities);
  }
}
