package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eglr.metrics.Headroom;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;

/** What lists could have over sorting. */
public final class HeadroomView {

  private static final double TWO_SIDED_95 = 1.96;

  private HeadroomView() {}

  public static TableView of(Headroom room) {
    List<String> metrics =
        room.hasTruth() ? List.of(Headroom.SCORE, Headroom.TRUTH) : List.of(Headroom.SCORE);
    Report first = room.comparison().reports().get(0);
    TableView view =
        new TableView("Headroom on %s lists".formatted(Numbers.show(first.lists()))).text("system");
    metrics.forEach(metric -> view.number(metric).number("over sorted, %"));
    for (Report report : room.comparison().reports()) {
      List<String> cells = new ArrayList<>(List.of(report.model()));
      for (String metric : metrics) {
        cells.add(interval(metric(report, metric)));
        cells.add(report == first ? "–" : interval(room.percent(report.model(), metric)));
      }
      view.row(cells);
    }
    first.counts().ifPresent(counts -> view.note(counts.toString()));
    view.note(
            "± half of the 95 % interval, users with all their lists redrawn; differences paired"
                + " list by list")
        .note(evaluator(room))
        .note("Verdict: " + room.verdict() + ".");
    room.warning().ifPresent(warning -> view.note("Warning: " + warning + "."));
    return view;
  }

  /** What the evaluator is worth, one number beside the other, as {@code %eglr plot evaluator}. */
  private static String evaluator(Headroom room) {
    return room.evaluator().metrics().stream()
        .map(
            m ->
                m.name()
                    + " "
                    + (Double.isNaN(m.standardError()) ? Numbers.show(m.value()) : interval(m)))
        .collect(Collectors.joining(", ", "The evaluator on " + room.evaluator().on() + ": ", "."));
  }

  private static Metric metric(Report report, String name) {
    return report.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String interval(Metric metric) {
    return Numbers.withError(metric.value(), TWO_SIDED_95 * metric.standardError());
  }
}
