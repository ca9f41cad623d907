package org.eglr.study;

import java.util.Locale;

/**
 * A number of a table.
 *
 * @param at place within the row; empty where there is one only
 * @param worlds that are in the mean
 * @param seeds in each world
 * @param value mean over worlds, seeds and lists
 * @param error its standard error over users; NaN where there is none
 * @param against what it is compared with; empty for what others are compared with
 * @param gain mean difference, paired list by list
 * @param gainError its standard error: users drawn anew, and seeds
 * @param p of the gain, two-sided, corrected by Holm for all of the metric in this condition
 */
record Finding(
    String condition,
    String system,
    String at,
    String metric,
    int worlds,
    int seeds,
    double value,
    double error,
    String against,
    double gain,
    double gainError,
    double p) {

  static final String HEADER =
      "condition,system,at,metric,worlds,seeds,value,error,against,gain,gain_error,p,verdict";

  private static final double LEVEL = 0.05;

  Finding corrected(double other) {
    return new Finding(
        condition, system, at, metric, worlds, seeds, value, error, against, gain, gainError,
        other);
  }

  /**
   * "more" or "less" where the difference is one at 5 % after correction, "same" where none shows;
   * empty where nothing is compared.
   */
  String verdict() {
    return Double.isNaN(p) ? "" : p >= LEVEL ? "same" : gain > 0 ? "more" : "less";
  }

  String csv() {
    return String.join(
        ",",
        quoted(condition),
        quoted(system),
        at.matches("[\\d.]*") ? at : quoted(at),
        quoted(metric),
        Integer.toString(worlds),
        Integer.toString(seeds),
        number(value),
        number(error),
        against.isEmpty() ? "" : quoted(against),
        number(gain),
        number(gainError),
        number(p),
        verdict());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Six digits; empty for NaN. */
  static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6g", value);
  }
}
