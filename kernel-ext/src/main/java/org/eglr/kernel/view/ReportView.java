package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.List;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;

/** Metrics of one re-ranker, or of several side by side. */
public final class ReportView {

  /** Of the normal distribution: the mean over lists is close to it. */
  private static final double TWO_SIDED_95 = 1.96;

  private static final String INTERVALS = "± half of the 95 % interval of the mean over lists";

  private ReportView() {}

  public static TableView of(Report report) {
    TableView view =
        new TableView("%s on %s lists".formatted(report.model(), Numbers.show(report.lists())))
            .text("metric")
            .number("mean");
    report.metrics().forEach(metric -> view.row(metric.name(), interval(metric)));
    report
        .profile()
        .ifPresent(
            profile -> view.row("reasoning steps per list", Numbers.show(profile.stepsPerList())));
    return view.note(INTERVALS);
  }

  /** One column a re-ranker, one row a metric of any of them. */
  public static TableView of(Comparison comparison) {
    TableView view = new TableView(title(comparison)).text("metric");
    comparison.reports().forEach(report -> view.number(report.model()));
    comparison.reports().stream()
        .flatMap(report -> report.metrics().stream())
        .map(Metric::name)
        .distinct()
        .forEach(
            metric -> {
              List<String> cells = new ArrayList<>(List.of(metric));
              comparison.reports().forEach(report -> cells.add(cell(report, metric)));
              view.row(cells);
            });
    return view.note(INTERVALS);
  }

  private static String interval(Metric metric) {
    return Numbers.withError(metric.value(), TWO_SIDED_95 * metric.standardError());
  }

  private static String title(Comparison comparison) {
    return comparison.reports().stream().mapToInt(Report::lists).max().stream()
        .mapToObj(lists -> "Comparison on %s lists".formatted(Numbers.show(lists)))
        .findFirst()
        .orElse("Comparison of nothing");
  }

  private static String cell(Report report, String name) {
    return report.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .map(ReportView::interval)
        .findFirst()
        .orElse("–");
  }
}
