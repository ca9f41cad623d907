package org.eglr.kernel.view;

import java.util.Map;
import org.eglr.metrics.EvaluatorReport;

/** An evaluator's measures, and what each of them means. */
public final class EvaluatorView {

  private static final double TWO_SIDED_95 = 1.96;

  private static final Map<String, String> MEANINGS =
      Map.of(
          EvaluatorReport.LOG_LOSS, "nats an item shown; less is better",
          EvaluatorReport.EXCESS, "more than the true probabilities would have",
          EvaluatorReport.AUC, "pairs of a click and none in the right order",
          EvaluatorReport.CALIBRATION_ERROR, "distance of predictions and clicks, in ten groups",
          EvaluatorReport.SPREAD, "how far other neighbours move an item's probability; 0: blind",
          EvaluatorReport.GAIN, "nats that the real neighbours save; above 0: what it sees is real",
          EvaluatorReport.CORRELATION, "with the truth, over an item's neighbours; 0: blind");

  private EvaluatorView() {}

  public static TableView of(EvaluatorReport report) {
    TableView view = new TableView("Evaluator").text("measure").number("value").text("meaning");
    report
        .metrics()
        .forEach(
            metric ->
                view.row(
                    metric.name(),
                    Double.isNaN(metric.standardError())
                        ? Numbers.show(metric.value())
                        : Numbers.withError(metric.value(), TWO_SIDED_95 * metric.standardError()),
                    MEANINGS.getOrDefault(metric.name(), "")));
    return view.note(report.on())
        .note("± half of the 95 % interval of the mean, users with all their lists redrawn");
  }
}
