package org.eglr.metrics;

import java.util.List;
import java.util.Locale;
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
