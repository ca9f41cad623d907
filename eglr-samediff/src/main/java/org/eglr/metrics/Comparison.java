package org.eglr.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Several re-rankers on the same lists. */
public record Comparison(List<Report> reports) {

  public Comparison {
    reports = List.copyOf(reports);
  }

  /** One row a re-ranker, one column a metric of the first. */
  public Table toTable() {
    Table table =
        Table.create(
            "comparison",
            StringColumn.create("model", reports.stream().map(Report::model).toList()));
    for (Metric metric : reports.get(0).metrics()) {
      table.addColumns(
          DoubleColumn.create(
              metric.name(),
              reports.stream().mapToDouble(report -> report.value(metric.name())).toArray()));
    }
    return table;
  }

  /**
   * How much better a re-ranker is than the first, paired list by list, with its error over users:
   * much smaller than those of the two means, since what makes a list easy does so for both.
   *
   * @param row of {@link #reports}
   * @return empty if the two were not measured on the same lists, or not in this metric
   */
  public Optional<Metric> difference(int row, String metric) {
    return reports.get(row).difference(reports.get(0), metric);
  }

  /** One row a re-ranker and metric: its {@link #difference} to the first, where there is one. */
  public Table differences() {
    StringColumn models = StringColumn.create("model");
    StringColumn names = StringColumn.create("metric");
    DoubleColumn means = DoubleColumn.create("difference to " + reports.get(0).model());
    DoubleColumn errors = DoubleColumn.create("± s.e.");
    for (int row = 1; row < reports.size(); row++) {
      for (Metric metric : reports.get(row).metrics()) {
        Optional<Metric> difference = difference(row, metric.name());
        if (difference.isPresent()) {
          models.append(reports.get(row).model());
          names.append(metric.name());
          means.append(difference.get().value());
          errors.append(difference.get().standardError());
        }
      }
    }
    return Table.create("differences", models, names, means, errors);
  }

  /**
   * The rows {@code model,metric,value}, with a header, for files; names are quoted as RFC 4180
   * says, lines end by a line feed.
   */
  public String toCsv() {
    StringBuilder csv = new StringBuilder("model,metric,value\n");
    for (Report report : reports) {
      for (Metric metric : report.metrics()) {
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%s,%.6f\n",
                Csv.cell(report.model()),
                Csv.cell(metric.name()),
                metric.value()));
      }
    }
    return csv.toString();
  }
}
