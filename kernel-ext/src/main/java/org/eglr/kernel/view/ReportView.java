package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.List;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;

/** Metrics of one re-ranker, or of several side by side. */
public final class ReportView {

  private static final String ERRORS = "± standard error of the mean over lists";

  private ReportView() {}

  public static TableView of(Report report) {
    TableView view =
        new TableView("%s on %s lists".formatted(report.model(), Numbers.show(report.lists())))
            .text("metric")
            .number("mean");
    report
        .metrics()
        .forEach(
            metric ->
                view.row(metric.name(), Numbers.withError(metric.value(), metric.standardError())));
    report
        .profile()
        .ifPresent(
            profile -> view.row("reasoning steps per list", Numbers.show(profile.stepsPerList())));
    return view.note(ERRORS);
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
    return view.note(ERRORS);
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
        .map(metric -> Numbers.withError(metric.value(), metric.standardError()))
        .findFirst()
        .orElse("–");
  }
}
