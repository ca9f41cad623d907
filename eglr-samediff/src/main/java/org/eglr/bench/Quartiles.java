package org.eglr.bench;

import java.util.Arrays;
import java.util.Locale;

/** Ratios of times, one a round, as text. */
final class Quartiles {

  private Quartiles() {}

  /** The median, and the quartiles in brackets. */
  static String of(double[] ratios) {
    double[] sorted = ratios.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%.3f [%.3f to %.3f]",
        quantile(sorted, 0.5),
        quantile(sorted, 0.25),
        quantile(sorted, 0.75));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
