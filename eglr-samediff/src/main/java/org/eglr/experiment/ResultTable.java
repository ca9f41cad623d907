package org.eglr.experiment;

import java.util.List;
import org.eglr.metrics.Csv;
import org.eglr.metrics.Metric;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A result as rows and columns. */
final class ResultTable {

  private final ExperimentResult result;

  ResultTable(ExperimentResult result) {
    this.result = result;
  }

  Table of(String metric) {
    List<ExperimentRow> rows = result.rows();
    Table table = Table.create(metric);
    for (String axis : rows.get(0).settings().keySet()) {
      table.addColumns(
          StringColumn.create(axis, rows.stream().map(row -> row.settings().get(axis)).toList()));
    }
    IntColumn seeds = IntColumn.create("seeds");
    DoubleColumn mean = DoubleColumn.create("mean");
    DoubleColumn error = DoubleColumn.create("± 95 %");
    DoubleColumn spread = DoubleColumn.create("seed s.d.");
    DoubleColumn difference = DoubleColumn.create("difference");
    DoubleColumn differenceError = DoubleColumn.create("± 95 % of it");
    DoubleColumn p = DoubleColumn.create("p (Holm)", result.p(metric));
    DoubleColumn steps = DoubleColumn.create("reasoning steps per list");
    for (int row = 0; row < rows.size(); row++) {
      Metric own = result.mean(row, metric);
      seeds.append(rows.get(row).seeds().size());
      mean.append(own.value());
      error.append(ExperimentResult.TWO_SIDED_95 * own.standardError());
      spread.append(rows.get(row).seedDeviation(metric));
      Metric paired =
          row == 0 ? new Metric(metric, Double.NaN, Double.NaN) : result.difference(row, metric);
      difference.append(paired.value());
      differenceError.append(ExperimentResult.TWO_SIDED_95 * paired.standardError());
      steps.append(rows.get(row).reasoningSteps());
    }
    return table.addColumns(seeds, mean, error, spread, difference, differenceError, p, steps);
  }

  String csv() {
    StringBuilder csv = new StringBuilder();
    for (String metric : result.metrics()) {
      Table table = of(metric);
      if (csv.isEmpty()) {
        csv.append("metric");
        table.columnNames().forEach(name -> csv.append(',').append(Csv.cell(name)));
        csv.append('\n');
      }
      for (int row = 0; row < table.rowCount(); row++) {
        csv.append(Csv.cell(metric));
        for (Column<?> column : table.columns()) {
          csv.append(',');
          csv.append(column.isMissing(row) ? "" : Csv.cell(String.valueOf(column.get(row))));
        }
        csv.append('\n');
      }
    }
    return csv.toString();
  }
}
