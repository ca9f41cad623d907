package org.eglr.metrics;

import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a re-ranker's lists would have been worth, by several estimators.
 *
 * @param reranker its name
 * @param measured what is estimated: clicks, or DCG of clicks
 * @param lists number of logged lists
 * @param logged the mean of the lists as they were shown, with its error: what to compare with
 * @param estimates of each {@link OffPolicyModel} IPS and SNIPS
 */
public record OffPolicyReport(
    String reranker, String measured, int lists, Metric logged, List<OffPolicyEstimate> estimates) {

  public OffPolicyReport {
    estimates = List.copyOf(estimates);
  }

  /** One of the estimates. */
  public OffPolicyEstimate estimate(OffPolicyModel model, boolean normalised) {
    return estimates.stream()
        .filter(e -> e.model() == model && e.normalised() == normalised)
        .findFirst()
        .orElseThrow();
  }

  /** One row an estimate, after one of the lists as they were shown. */
  public Table toTable() {
    StringColumn names = StringColumn.create("estimate", "as logged");
    StringColumn models = StringColumn.create("a click depends on", "");
    DoubleColumn values = DoubleColumn.create(measured, logged.value());
    DoubleColumn errors = DoubleColumn.create("± s.e.", logged.standardError());
    DoubleColumn effective = DoubleColumn.create("effective lists", (double) lists);
    for (OffPolicyEstimate estimate : estimates) {
      names.append(estimate.normalised() ? "SNIPS" : "IPS");
      models.append(estimate.model().toString());
      values.append(estimate.value());
      errors.append(estimate.standardError());
      effective.append(estimate.effective());
    }
    return Table.create(
        reranker + ": off-policy estimates", names, models, values, errors, effective);
  }
}
