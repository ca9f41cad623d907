package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;

/** Metrics of one re-ranker, or of several side by side. */
public final class ReportView {

  /** Of the normal distribution: the mean over lists is close to it. */
  private static final double TWO_SIDED_95 = 1.96;

  private static final String INTERVALS =
      "± half of the 95 % interval of the mean, users with all their lists redrawn";

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
    return noted(view, report);
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
    return comparison.reports().isEmpty()
        ? view.note(INTERVALS)
        : noted(view, comparison.reports().get(0));
  }

  /**
   * How much better each re-ranker is than the first, list by list; empty if none was measured on
   * the same lists as the first.
   */
  public static Optional<TableView> differences(Comparison comparison) {
    int rows = comparison.reports().size();
    if (rows < 2) {
      return Optional.empty();
    }
    Report first = comparison.reports().get(0);
    TableView view = new TableView("Differences to " + first.model()).text("metric");
    comparison.reports().stream().skip(1).forEach(report -> view.number(report.model()));
    boolean any = false;
    for (Metric metric : first.metrics()) {
      List<String> cells = new ArrayList<>(List.of(metric.name()));
      for (int row = 1; row < rows; row++) {
        Optional<Metric> difference = comparison.difference(row, metric.name());
        any |= difference.isPresent();
        cells.add(difference.map(ReportView::interval).orElse("–"));
      }
      view.row(cells);
    }
    return any ? Optional.of(view.note("paired list by list; " + INTERVALS)) : Optional.empty();
  }

  private static TableView noted(TableView view, Report report) {
    report.counts().ifPresent(counts -> view.note(counts.toString()));
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
