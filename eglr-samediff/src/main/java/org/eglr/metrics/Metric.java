package org.eglr.metrics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A mean over lists.
 *
 * @param name what is measured: {@code MAP@5}, {@code NDCG@10}, {@code evaluator score}, ...
 * @param value the mean
 * @param standardError of the mean, over users: a user's lists count as one cluster; NaN for fewer
 *     than two users
 */
public record Metric(String name, double value, double standardError) {

  /** All in one line, each with its standard error if it has one. */
  static String line(List<Metric> metrics) {
    return metrics.stream().map(Metric::toLine).collect(Collectors.joining(", "));
  }

  private String toLine() {
    String error =
        Double.isNaN(standardError) ? "" : String.format(Locale.ROOT, " ± %.4f", standardError);
    return String.format(Locale.ROOT, "%s %.4f%s", name, value, error);
  }
}
