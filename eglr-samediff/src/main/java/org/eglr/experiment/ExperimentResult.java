package org.eglr.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.eglr.data.ListSet;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.ListValues;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;
import org.eglr.metrics.Significance;
import tech.tablesaw.api.Table;

/**
 * What an experiment measured. Each list's values are averaged over the seeds first; means and
 * their errors are then taken over lists, a user's lists as one cluster, as if users with all their
 * lists were drawn anew. Seeds are averaged and not redrawn: their spread is a column of its own,
 * and no substitute for an error. Differences are paired list by list with the first row, over the
 * seeds that both have; their p is two-sided by the normal distribution, and within a metric
 * corrected by Holm for the number of rows compared.
 */
public final class ExperimentResult {

  /** Half of a 95 % interval in standard errors. */
  static final double TWO_SIDED_95 = 1.96;

  private final List<ExperimentRow> rows;
  private final List<Map<Long, Map<String, double[]>>> runs; // by row and seed
  private final ListSet lists;
  private final int planned;

  private ExperimentResult(
      List<ExperimentRow> rows,
      List<Map<Long, Map<String, double[]>>> runs,
      ListSet lists,
      int planned) {
    this.rows = List.copyOf(rows);
    this.runs = runs;
    this.lists = lists;
    this.planned = planned;
  }

  static ExperimentResult of(
      List<Cell> cells, List<Long> seeds, Map<Trial, TrialResult> results, ListSet lists) {
    List<ExperimentRow> rows = new ArrayList<>();
    List<Map<Long, Map<String, double[]>>> runs = new ArrayList<>();
    for (int row = 0; row < cells.size(); row++) {
      Map<Long, Map<String, double[]>> own = new LinkedHashMap<>();
      double steps = 0;
      double seconds = 0;
      for (long seed : seeds) {
        TrialResult result = results.get(new Trial(row, cells.get(row), seed));
        if (result != null) {
          own.put(seed, result.columns());
          steps += result.reasoningSteps();
          seconds += result.seconds();
        }
      }
      if (own.isEmpty()) {
        if (row == 0) {
          throw new CancellationException(
              "the experiment was stopped before a run of its first row was finished");
        }
        continue;
      }
      runs.add(own);
      rows.add(row(cells.get(row), own, steps / own.size(), seconds / own.size(), lists));
    }
    return new ExperimentResult(rows, runs, lists, cells.size() * seeds.size());
  }

  private static ExperimentRow row(
      Cell cell,
      Map<Long, Map<String, double[]>> own,
      double steps,
      double seconds,
      ListSet lists) {
    Map<String, double[]> mean = ListValues.mean(List.copyOf(own.values()));
    Map<String, double[]> bySeed = new LinkedHashMap<>();
    for (String metric : mean.keySet()) {
      bySeed.put(
          metric,
          own.values().stream()
              .mapToDouble(run -> Arrays.stream(run.get(metric)).average().orElse(Double.NaN))
              .toArray());
    }
    Report report = ListValues.report(cell.label(), lists, mean);
    return new ExperimentRow(
        cell.labels(), report, List.copyOf(own.keySet()), bySeed, steps, seconds);
  }

  /** One a combination of settings, as far as it has a finished run. */
  public List<ExperimentRow> rows() {
    return rows;
  }

  /** Runs that were asked for. */
  public int planned() {
    return planned;
  }

  /** Runs that are finished; fewer than planned after a stop. */
  public int finished() {
    return rows.stream().mapToInt(row -> row.seeds().size()).sum();
  }

  /** Names of what was measured. */
  public List<String> metrics() {
    return rows.get(0).report().metrics().stream().map(Metric::name).toList();
  }

  /** The metric that {@link #toTable()} shows: the true DCG where it is known, else NDCG@10. */
  public String mainMetric() {
    return metrics().contains("true DCG") ? "true DCG" : "NDCG@10";
  }

  /** The rows as reports, averaged over seeds. */
  public Comparison comparison() {
    return new Comparison(rows.stream().map(ExperimentRow::report).toList());
  }

  /** The mean of a row, with its error over users. */
  public Metric mean(int row, String metric) {
    rows.get(0).report().value(metric); // names those there are
    return rows.get(row).report().metrics().stream()
        .filter(m -> m.name().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  /** How much better a row is than the first; NaN where no seed is finished in both. */
  public Metric difference(int row, String metric) {
    return difference(row, 0, metric);
  }

  /** How much better a row is than another; NaN where no seed is finished in both. */
  public Metric difference(int row, int other, String metric) {
    List<Long> common = new ArrayList<>(runs.get(other).keySet());
    common.retainAll(runs.get(row).keySet());
    if (common.isEmpty()) {
      return new Metric(metric, Double.NaN, Double.NaN);
    }
    return report(row, common).difference(report(other, common), metric).orElseThrow();
  }

  private Report report(int row, List<Long> seeds) {
    return ListValues.report(
        "", lists, ListValues.mean(seeds.stream().map(runs.get(row)::get).toList()));
  }

  /**
   * The p of each row's difference to the first, corrected by Holm.
   *
   * @return one a row; NaN for the first
   */
  public double[] p(String metric) {
    double[] p = new double[rows.size()];
    Arrays.setAll(p, row -> row == 0 ? Double.NaN : Significance.p(difference(row, metric)));
    return Significance.holm(p);
  }

  /** The table of the {@link #mainMetric}. */
  public Table toTable() {
    return toTable(mainMetric());
  }

  /**
   * One row a combination: what is varied, finished seeds, mean and half its 95 % interval,
   * standard deviation over seeds, difference to the first row and half its interval, corrected p,
   * reasoning tokens per list.
   *
   * @throws IllegalArgumentException naming the metrics there are
   */
  public Table toTable(String metric) {
    return new ResultTable(this).of(metric);
  }

  /** All metrics as CSV (RFC 4180): the columns of {@link #toTable} after one of the metric. */
  public String toCsv() {
    return new ResultTable(this).csv();
  }

  /** The table of the {@link #mainMetric} as LaTeX. */
  public String toLatex() {
    return toLatex(mainMetric());
  }

  /** A table of a metric as LaTeX, for {@code booktabs}. */
  public String toLatex(String metric) {
    return new LatexTable(this).of(metric);
  }

  /** How the numbers were taken, for captions and notes. */
  public String note() {
    return "%d lists of %d users, %s; ± half of the 95 %% interval, each list averaged over the seeds and users with all their lists redrawn; differences are paired with the first row, p by Holm for %d"
        .formatted(
            rows.get(0).report().lists(),
            rows.get(0).report().counts().orElseThrow().users(),
            finished() < planned
                ? "%d of %d runs finished".formatted(finished(), planned)
                : "seeds "
                    + rows.get(0).seeds().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ")),
            rows.size() - 1);
  }

  @Override
  public String toString() {
    return toTable().printAll() + "\n" + note();
  }
}
