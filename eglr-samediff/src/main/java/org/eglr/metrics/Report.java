package org.eglr.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eglr.decode.EntropyProfile;
import tech.tablesaw.api.Table;

/** How well a re-ranker orders lists. */
public final class Report {

  private final String model;
  private final int lists;
  private final List<Metric> metrics;
  private final Optional<EntropyProfile> profile;
  private final Optional<PerList> perList;

  /** A report of means alone: what each list had is not known. */
  public Report(String model, int lists, List<Metric> metrics, Optional<EntropyProfile> profile) {
    this(model, lists, metrics, profile, Optional.empty());
  }

  Report(
      String model,
      int lists,
      List<Metric> metrics,
      Optional<EntropyProfile> profile,
      Optional<PerList> perList) {
    this.model = model;
    this.lists = lists;
    this.metrics = List.copyOf(metrics);
    this.profile = profile;
    this.perList = perList;
  }

  /** What was measured. */
  public String model() {
    return model;
  }

  /** Number of lists. */
  public int lists() {
    return lists;
  }

  /**
   * MAP@k and NDCG@k as LibRerank defines them, evaluator score (eq. 18), mean clicks at k, and on
   * simulated data the true expected utility and true DCG.
   */
  public List<Metric> metrics() {
    return metrics;
  }

  /** Entropy and reasoning by position; empty for what does not decide step by step. */
  public Optional<EntropyProfile> profile() {
    return profile;
  }

  /** How many lists, of how many users, with how many clicks; empty if only means are known. */
  public Optional<ListCounts> counts() {
    return perList.map(PerList::counts);
  }

  /**
   * The mean of several reports on the same lists, such as those of several seeds, list by list;
   * its errors are those over users. It has the metrics that all of them have, and no profile.
   *
   * @param reports at least one; one alone is the mean of itself
   * @throws IllegalArgumentException if they are not on the same lists, or have means alone
   */
  public static Report mean(List<Report> reports) {
    Report first = reports.get(0);
    if (reports.size() == 1) {
      return first;
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (Metric metric : first.metrics) {
      if (reports.stream().allMatch(r -> r.sharesListsOf(first, metric.name()))) {
        double[] mean = new double[first.lists];
        for (Report report : reports) {
          double[] values = report.perList.orElseThrow().columns().get(metric.name());
          for (int list = 0; list < mean.length; list++) {
            mean[list] += values[list] / reports.size();
          }
        }
        columns.put(metric.name(), mean);
      }
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "reports on different lists, or of means alone, have no mean of each list");
    }
    Clusters users = first.perList.orElseThrow().users();
    List<Metric> metrics =
        columns.entrySet().stream().map(c -> users.mean(c.getKey(), c.getValue())).toList();
    PerList perList = new PerList(columns, users, first.perList.orElseThrow().counts());
    return new Report(first.model, first.lists, metrics, Optional.empty(), Optional.of(perList));
  }

  private boolean sharesListsOf(Report other, String metric) {
    return perList.isPresent()
        && other.perList.isPresent()
        && perList.get().columns().containsKey(metric)
        && perList.get().users().same(other.perList.get().users());
  }

  /** The same report under another name. */
  public Report named(String name) {
    return new Report(name, lists, metrics, profile, perList);
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
        .orElseThrow(() -> unknown(name))
        .value();
  }

  /**
   * A metric's value of each list, in the order of the set that was measured.
   *
   * @throws IllegalArgumentException naming the metrics there are
   * @throws IllegalStateException if the report has means alone
   */
  public double[] perList(String name) {
    value(name);
    return perList
        .map(values -> values.columns().get(name))
        .orElseThrow(
            () -> new IllegalStateException("the report has means alone, no values of each list"))
        .clone();
  }

  /**
   * The mean difference to another report on the same lists, in a metric of both: of the pairs of
   * values that each list has, with its error over users.
   *
   * @return empty if they are not on the same lists, or one has no such metric or means alone
   */
  public Optional<Metric> difference(Report other, String name) {
    if (perList.isEmpty() || other.perList.isEmpty()) {
      return Optional.empty();
    }
    double[] own = perList.get().columns().get(name);
    double[] others = other.perList.get().columns().get(name);
    if (own == null || others == null || !perList.get().users().same(other.perList.get().users())) {
      return Optional.empty();
    }
    double[] differences = own.clone();
    for (int list = 0; list < own.length; list++) {
      differences[list] -= others[list];
    }
    return Optional.of(perList.get().users().mean(name, differences));
  }

  /**
   * The {@link #difference} to another report in percent of the other's mean, its error by the
   * delta method: both the difference and what it is divided by vary with the users.
   *
   * @return empty as {@link #difference} is, and where the other's mean is 0
   */
  public Optional<Metric> percent(Report other, String name) {
    Optional<Metric> difference = difference(other, name);
    if (difference.isEmpty() || other.value(name) == 0) {
      return Optional.empty();
    }
    double base = other.value(name);
    double ratio = difference.get().value() / base;
    double[] residuals = perList(name);
    double[] others = other.perList(name);
    for (int list = 0; list < residuals.length; list++) {
      residuals[list] -= (1 + ratio) * others[list];
    }
    double error = perList.orElseThrow().users().mean(name, residuals).standardError();
    return Optional.of(new Metric(name, 100 * ratio, 100 * error / Math.abs(base)));
  }

  private IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "no metric '%s'; there are %s"
            .formatted(name, metrics.stream().map(Metric::name).toList()));
  }

  /** One row a metric. */
  public Table toTable() {
    return MetricTable.of(model, metrics);
  }

  /** All in one line: what was measured, on what, and each mean with its standard error. */
  @Override
  public String toString() {
    String on = counts().map(ListCounts::toString).orElse(lists + " lists");
    return model + " on " + on + ": " + Metric.line(metrics);
  }
}
