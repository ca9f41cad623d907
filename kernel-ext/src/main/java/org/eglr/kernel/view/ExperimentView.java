package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.List;
import org.eglr.experiment.ExperimentResult;
import org.eglr.experiment.ExperimentRow;
import org.eglr.metrics.Metric;

/** The rows of an experiment in one metric. */
public final class ExperimentView {

  private static final double TWO_SIDED_95 = 1.96;

  private ExperimentView() {}

  public static TableView of(ExperimentResult result) {
    return of(result, result.mainMetric());
  }

  public static TableView of(ExperimentResult result, String metric) {
    TableView view = new TableView("Experiment: " + metric);
    result.rows().get(0).settings().keySet().forEach(view::text);
    view.number("mean").number("seed s.d.").number("difference").number("p (Holm)");
    view.number("reasoning steps per list");
    double[] p = result.p(metric);
    for (int row = 0; row < p.length; row++) {
      ExperimentRow own = result.rows().get(row);
      List<String> cells = new ArrayList<>(own.settings().values());
      cells.add(interval(result.mean(row, metric)));
      cells.add(Numbers.show(own.seedDeviation(metric)));
      cells.add(row == 0 ? "–" : interval(result.difference(row, metric)));
      cells.add(p[row] < 0.001 ? "<0.001" : Numbers.show(p[row]));
      cells.add(Numbers.show(own.reasoningSteps()));
      view.row(cells);
    }
    return view.note(result.note());
  }

  private static String interval(Metric metric) {
    return Numbers.withError(metric.value(), TWO_SIDED_95 * metric.standardError());
  }
}
