package org.eglr.kernel.magic;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eglr.decode.EntropyProfile;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** One row a setting tried: quality against reasoning steps and time. */
final class WhatifTable {

  private final Map<String, DoubleColumn> columns = new LinkedHashMap<>();

  void add(double threshold, int maxSteps, double exploration, Report report, double millis) {
    put("entropyThreshold", threshold);
    put("maxSteps", maxSteps);
    put("exploration", exploration);
    for (Metric metric : report.metrics()) {
      put(metric.name(), metric.value());
    }
    put("reasoning steps per list", report.profile().map(EntropyProfile::stepsPerList).orElse(0.0));
    put("ms per list", millis);
  }

  Table table() {
    return Table.create("What if", columns.values().toArray(DoubleColumn[]::new));
  }

  private void put(String name, double value) {
    columns.computeIfAbsent(name, DoubleColumn::create).append(value);
  }
}
