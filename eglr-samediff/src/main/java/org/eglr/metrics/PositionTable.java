package org.eglr.metrics;

import java.util.List;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Positions as a table, one row each; a class by itself, as there need not be a Tablesaw. */
final class PositionTable {

  private PositionTable() {}

  static Table of(String name, List<PositionAccuracy> positions) {
    return Table.create(
        name,
        IntColumn.create(
            "position", positions.stream().mapToInt(PositionAccuracy::position).toArray()),
        IntColumn.create("shown", positions.stream().mapToInt(PositionAccuracy::shown).toArray()),
        column("clicked", positions, PositionAccuracy::clicked),
        column("predicted", positions, PositionAccuracy::predicted),
        column(EvaluatorReport.AUC, positions, PositionAccuracy::auc),
        column(EvaluatorReport.CALIBRATION_ERROR, positions, PositionAccuracy::calibrationError));
  }

  private static DoubleColumn column(
      String name, List<PositionAccuracy> positions, ToDoubleFunction<PositionAccuracy> value) {
    return DoubleColumn.create(name, positions.stream().mapToDouble(value).toArray());
  }
}
