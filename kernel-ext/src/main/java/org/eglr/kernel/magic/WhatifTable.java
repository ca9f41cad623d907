package org.eglr.kernel.magic;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eglr.decode.EntropyProfile;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;
import org.eglr.reasoning.Gate;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** One row a setting tried: quality against reasoning steps and time. */
final class WhatifTable {

  private final StringColumn gates = StringColumn.create("gate");
  private final Map<String, DoubleColumn> columns = new LinkedHashMap<>();

  void add(Gate gate, int maxSteps, double exploration, Report report, double millis) {
    gates.append(gate.describe());
    put("maxSteps", maxSteps);
    put("exploration", exploration);
    for (Metric metric : report.metrics()) {
      put(metric.name(), metric.value());
    }
    put("reasoning steps per list", report.profile().map(EntropyProfile::stepsPerList).orElse(0.0));
    put("ms per list", millis);
  }

  Table table() {
    Table table = Table.create("What if", gates);
    columns.values().forEach(table::addColumns);
    return table;
  }

  private void put(String name, double value) {
    columns.computeIfAbsent(name, DoubleColumn::create).append(value);
  }
}
