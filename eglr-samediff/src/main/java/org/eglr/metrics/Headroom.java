package org.eglr.metrics;

import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How much better than sorting lists could be, under an evaluator and in truth. Its first system
 * sorts the candidates by what the evaluator thinks of each alone; {@code local search} begins at
 * the best list of the others and changes it until no swap and no replacement improves it: about
 * the best that any generator could find.
 *
 * @param comparison one report a system, each with the {@code evaluator score} (DCG of its click
 *     probabilities), on simulated data with the {@code true DCG}
 * @param support how far local search's lists leave the log that the evaluator learned from; empty
 *     where that was not given
 */
public record Headroom(Comparison comparison, Optional<Support> support) {

  /** Without a log. */
  public Headroom(Comparison comparison) {
    this(comparison, Optional.empty());
  }

  /** The metric that re-rankers are trained for. */
  public static final String SCORE = "evaluator score";

  /** The metric that only simulated data have. */
  public static final String TRUTH = "true DCG";

  /** Headroom in percent below which no comparison of generators can show anything. */
  public static final double LEAST = 5;

  private static final String LOCAL = "local search";

  /** Whether the truth about lists is known. */
  public boolean hasTruth() {
    return row(LOCAL).metrics().stream().anyMatch(metric -> metric.name().equals(TRUTH));
  }

  /**
   * How much better a system is than sorting alone, in percent, paired list by list, with its error
   * over users.
   *
   * @param metric {@link #SCORE} or {@link #TRUTH}
   * @return NaN where there is nothing to compare
   * @throws IllegalArgumentException naming the systems there are
   */
  public Metric percent(String system, String metric) {
    return percent(row(system), metric);
  }

  /** Local search against sorting alone under the evaluator, in percent: the headroom itself. */
  public Metric percent() {
    return percent(LOCAL, SCORE);
  }

  private Metric percent(Report report, String metric) {
    Optional<Metric> found = report.percent(comparison.reports().get(0), metric);
    return found.orElse(new Metric(metric, Double.NaN, Double.NaN));
  }

  private Report row(String system) {
    return comparison.reports().stream()
        .filter(report -> report.model().equals(system))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no system '%s'; there are %s"
                        .formatted(
                            system, comparison.reports().stream().map(Report::model).toList())));
  }

  /** Whether a generator could show anything on these data, in one sentence. */
  public String verdict() {
    Metric room = percent();
    String found = "the best lists found score " + show(room) + " over sorting each item alone";
    String sentence =
        room.value() < LEAST
            ? found + ", below 5 %: no generator and no reasoning could show anything on these data"
            : found + ": there is room for a generator to show something";
    return hasTruth() ? sentence + "; " + truth() : sentence;
  }

  /**
   * That the best lists found lie where the log says nothing, in one sentence, known without the
   * truth; empty where they do not, or no log was given.
   */
  public Optional<String> warning() {
    return support.flatMap(Support::warning);
  }

  private String truth() {
    Metric truth = percent(LOCAL, TRUTH);
    double error = 1.96 * truth.standardError();
    String change = " (true DCG " + show(truth) + ")";
    if (truth.value() + error < 0) {
      return "pleasing this evaluator makes lists truly worse" + change;
    }
    return truth.value() - error > 0
        ? "what pleases this evaluator is truly better" + change
        : "whether what pleases this evaluator is truly better does not show" + change;
  }

  private static String show(Metric percent) {
    return String.format(
        Locale.ROOT, "%+.1f %% ± %.1f", percent.value(), 1.96 * percent.standardError());
  }

  /**
   * One row a system: mean score, half its 95 % interval (1.96 standard errors over users), the
   * difference to the first in percent with half its interval; the same for the truth if known.
   */
  public Table toTable() {
    Table table =
        Table.create(
            "Headroom",
            StringColumn.create(
                "system", comparison.reports().stream().map(Report::model).toList()));
    add(table, SCORE);
    if (hasTruth()) {
      add(table, TRUTH);
    }
    return table;
  }

  private void add(Table table, String metric) {
    table.addColumns(
        column(metric, report -> report.value(metric)),
        column("± " + metric, report -> 1.96 * error(report, metric)),
        column(metric + ", % over sorted", report -> percent(report, metric).value()),
        column("± % " + metric, report -> 1.96 * percent(report, metric).standardError()));
  }

  private static double error(Report report, String metric) {
    return report.metrics().stream()
        .filter(m -> m.name().equals(metric))
        .findFirst()
        .orElseThrow()
        .standardError();
  }

  private DoubleColumn column(String name, ToDoubleFunction<Report> value) {
    return DoubleColumn.create(name, comparison.reports().stream().mapToDouble(value).toArray());
  }

  /** The table, the verdict and the warning. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Report report : comparison.reports()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-28s %s %.4f (%s)",
              report.model(),
              SCORE,
              report.value(SCORE),
              show(percent(report, SCORE))));
      if (hasTruth()) {
        text.append(
            String.format(
                Locale.ROOT,
                ", %s %.4f (%s)",
                TRUTH,
                report.value(TRUTH),
                show(percent(report, TRUTH))));
      }
      text.append('\n');
    }
    return text + verdict() + warning().map(w -> "\nWarning: " + w).orElse("");
  }
}
