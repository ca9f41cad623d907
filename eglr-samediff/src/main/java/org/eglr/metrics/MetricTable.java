package org.eglr.metrics;

import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Metrics as a table, one row each; a class by itself, as there need not be a Tablesaw. */
final class MetricTable {

  private MetricTable() {}

  static Table of(String name, List<Metric> metrics) {
    return Table.create(
        name,
        StringColumn.create("metric", metrics.stream().map(Metric::name).toList()),
        DoubleColumn.create("value", metrics.stream().mapToDouble(Metric::value).toArray()),
        DoubleColumn.create(
            "± s.e.", metrics.stream().mapToDouble(Metric::standardError).toArray()));
  }
}
