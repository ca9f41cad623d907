package org.eglr.metrics;

import java.util.List;
import java.util.Optional;
import org.eglr.decode.EntropyProfile;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How well a re-ranker orders lists.
 *
 * @param model what was measured
 * @param lists number of lists
 * @param metrics MAP@k and NDCG@k as LibRerank defines them, evaluator score (eq. 18), mean clicks
 *     at k, and on simulated data the true expected utility and true DCG
 * @param profile entropy and reasoning by position; empty for re-rankers that do not decide step by
 *     step
 */
public record Report(
    String model, int lists, List<Metric> metrics, Optional<EntropyProfile> profile) {

  public Report {
    metrics = List.copyOf(metrics);
  }

  /**
   * The value of a metric.
   *
   * @throws IllegalArgumentException naming the metrics there are
   */
  public double value(String name) {
    return metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no metric '%s'; there are %s"
                        .formatted(name, metrics.stream().map(Metric::name).toList())))
        .value();
  }

  /** One row a metric. */
  public Table toTable() {
    return Table.create(
        model,
        StringColumn.create("metric", metrics.stream().map(Metric::name).toList()),
        DoubleColumn.create("value", metrics.stream().mapToDouble(Metric::value).toArray()),
        DoubleColumn.create(
            "± s.e.", metrics.stream().mapToDouble(Metric::standardError).toArray()));
  }
}
