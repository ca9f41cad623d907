package org.eglr.kernel.magic;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eglr.Eglr;
import org.eglr.data.ListSet;
import org.eglr.decode.EntropyProfile;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.Reasoning;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** One row a setting tried: quality against reasoning steps and time. */
final class WhatifTable {

  private final StringColumn gates = StringColumn.create("gate");
  private final Map<String, DoubleColumn> columns = new LinkedHashMap<>();

  /** Measures a model under one value of each setting, and adds the row. */
  void measure(Eglr eglr, ListSet lists, WhatifValues one) {
    Gate gate = one.gates().get(0);
    double exploration = one.explorations().get(0);
    int budget = one.budgets().get(0);
    Eglr changed =
        eglr.withReasoning(
            reasoning -> reasoning.gate(gate).exploration(exploration).maxSteps(budget));
    long start = System.nanoTime();
    Report report = changed.evaluate(lists);
    add(gate, budget, exploration, report, (System.nanoTime() - start) / 1e6 / lists.size());
  }

  private void add(Gate gate, int maxSteps, double exploration, Report report, double millis) {
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

  /** What the table may be read as. */
  static String meaning(Reasoning present) {
    if (present.gated()) {
      return "A what-if of the decoder, no ablation, and valid: this model (query GATED) adds its"
          + " reasoning by a learned gain and forgets it after each item, so that weights trained"
          + " with one budget decode nearly as well with another. %eglr compare --ablations"
          + " retrains.";
    }
    return "A what-if of the decoder, no ablation: with query "
        + present.query()
        + " weights trained with one budget fall apart with another, so a row far from the model's"
        + " own settings (maxSteps %d, gate %s) says nothing of what reasoning is worth."
            .formatted(present.maxSteps(), present.gate().describe())
        + " %eglr compare --ablations retrains; models of --query gated allow a what-if.";
  }

  private void put(String name, double value) {
    columns.computeIfAbsent(name, DoubleColumn::create).append(value);
  }
}
