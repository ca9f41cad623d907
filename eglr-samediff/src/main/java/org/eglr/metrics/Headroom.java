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
 * @param evaluator what the evaluator's predictions are worth on these data, and whether they see
 *     what stands around an item: measured on up to 500 of all lists, by 8 redraws
 * @param support how far local search's lists leave the log that the evaluator learned from; empty
 *     where that was not given
 */
public record Headroom(
    Comparison comparison, EvaluatorReport evaluator, Optional<Support> support) {

  /** Without a log. */
  public Headroom(Comparison comparison, EvaluatorReport evaluator) {
    this(comparison, evaluator, Optional.empty());
  }

  /** The metric that re-rankers are trained for. */
  public static final String SCORE = "evaluator score";

  /** The metric that only simulated data have. */
  public static final String TRUTH = "true DCG";

  /** Headroom in percent below which no comparison of generators can show anything. */
  public static final double LEAST = 5;

  /**
   * Share of a click's probability by which neighbours must move an item's prediction; below it the
   * evaluator is blind to the list.
   */
  public static final double LEAST_SPREAD = 0.01;

  /**
   * {@link EvaluatorReport#CORRELATION} of predictions and truth over neighbours that there must be
   * where the truth is known; below it the evaluator is blind to the list.
   */
  public static final double LEAST_CORRELATION = 0.2;

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

  /**
   * Whether the evaluator is blind to the list: neighbours move its predictions by less than {@link
   * #LEAST_SPREAD} of a click's probability, or, where the truth is known, otherwise than they move
   * true clicks: with a correlation below {@link #LEAST_CORRELATION} by more than its error. Then
   * lists that please it more than sorted ones please it by chance.
   */
  public boolean blind() {
    return movesNothing() || knowsCorrelation() && high(correlation()) < LEAST_CORRELATION;
  }

  private boolean movesNothing() {
    return spread() < LEAST_SPREAD;
  }

  /** Mean move of a prediction by neighbours, as a share of a click's probability. */
  private double spread() {
    return evaluator.value(EvaluatorReport.SPREAD) * evaluator.shown() / evaluator.clicks();
  }

  /** There is none on real data, and where neighbours do nothing. */
  private boolean knowsCorrelation() {
    return evaluator.metrics().stream()
        .anyMatch(m -> m.name().equals(EvaluatorReport.CORRELATION) && !Double.isNaN(m.value()));
  }

  private Metric correlation() {
    return evaluator.metric(EvaluatorReport.CORRELATION);
  }

  private static double high(Metric metric) {
    return metric.value() + 1.96 * metric.standardError();
  }

  /**
   * Whether the evaluator sees what stands around an item, in one sentence with the numbers: by
   * whether held-out clicks agree ({@link EvaluatorReport#GAIN}), and by the truth where it is
   * known.
   */
  public String sight() {
    Metric gain = evaluator.metric(EvaluatorReport.GAIN);
    String moves =
        String.format(Locale.ROOT, "neighbours move its predictions by %.1f %%", 100 * spread());
    String clicks =
        String.format(
            Locale.ROOT,
            "context gain %+.4f ± %.4f nats a click",
            gain.value(),
            1.96 * gain.standardError());
    String truth =
        knowsCorrelation()
            ? String.format(
                Locale.ROOT,
                ", correlation with what they truly do %.2f ± %.2f",
                correlation().value(),
                1.96 * correlation().standardError())
            : "";
    String numbers = " (" + moves + ", " + clicks + truth + ")";
    if (blind()) {
      return "this evaluator is blind to the list" + numbers;
    }
    if (knowsCorrelation()
            && correlation().value() - 1.96 * correlation().standardError() > LEAST_CORRELATION
        || gain.value() > 1.96 * gain.standardError()) {
      return "this evaluator sees the list" + numbers;
    }
    return high(gain) < 0
        ? "what this evaluator sees of neighbours is wrong by held-out clicks" + numbers
        : "whether what this evaluator sees of neighbours is real does not show in held-out clicks"
            + numbers;
  }

  /** Whether a generator could show anything on these data, in one sentence. */
  public String verdict() {
    Metric room = percent();
    String found = "the best lists found score " + show(room) + " over sorting each item alone";
    String sentence =
        room.value() < LEAST
            ? found + ", below 5 %: no generator and no reasoning could show anything on these data"
            : found + ": there is room for a generator to show something";
    sentence = hasTruth() ? sentence + "; " + truth() : sentence;
    return sentence + "; " + sight();
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

  /** The table, what the evaluator is worth, the verdict and the warning. */
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
    text.append(evaluator).append('\n').append(verdict());
    return text + warning().map(w -> "\nWarning: " + w).orElse("");
  }
}
