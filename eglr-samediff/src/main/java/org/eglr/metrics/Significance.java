package org.eglr.metrics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** How surprising differences are where there is none. */
public final class Significance {

  private Significance() {}

  /**
   * Two-sided p of a mean that would be 0, by the normal distribution.
   *
   * @return 0 to 1; NaN where the error is not known
   */
  public static double p(Metric difference) {
    double error = difference.standardError();
    if (error == 0) {
      return difference.value() == 0 ? 1 : 0;
    }
    return erfc(Math.abs(difference.value()) / error / Math.sqrt(2));
  }

  /**
   * Holm's correction for as many comparisons: the i-th smallest p times those that are not
   * smaller, never below the one before it, at most 1.
   *
   * @param p of each comparison; NaN is left out of the count and stays
   */
  public static double[] holm(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] corrected = p.clone();
    double before = 0;
    for (int rank = 0; rank < order.length; rank++) {
      before = Math.max(before, Math.min(1, (order.length - rank) * p[order[rank]]));
      corrected[order[rank]] = before;
    }
    return corrected;
  }

  /**
   * The complementary error function of x at least 0: the series of erf where that converges fast,
   * else Laplace's continued fraction, which loses nothing to 1 - erf.
   */
  static double erfc(double x) {
    if (Double.isNaN(x) || x > 40) {
      return Double.isNaN(x) ? x : 0;
    }
    double scale = 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
    if (x < 2) {
      double term = x;
      double sum = x;
      for (int n = 1; term > 1e-17 * sum; n++) {
        term *= 2 * x * x / (2 * n + 1);
        sum += term;
      }
      return 1 - scale * sum;
    }
    double fraction = x;
    for (int n = 200; n >= 1; n--) {
      fraction = x + n / 2.0 / fraction;
    }
    return scale / 2 / fraction;
  }
}
