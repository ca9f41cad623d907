package org.eglr.metrics;

import java.util.List;
import tech.tablesaw.api.Table;

/**
 * How well click probabilities of lists are predicted, and whether the prediction sees the list: by
 * log-loss a model that judges every item by itself is nearly as good as one that knows what stands
 * beside what, and no order can please it more than another.
 *
 * <p>For what concerns neighbours an item is held at its position, and the others of the list are
 * drawn anew from its pool, without the item itself, in random order; several times.
 *
 * @param lists number of lists
 * @param users whose lists they are
 * @param shown positions of all lists
 * @param clicks how many of them were clicked
 * @param metrics by the names below, in their order; those of the truth only on simulated data
 * @param calibration of the predictions of all positions
 * @param positions each by itself, the first first; as many as the longest list shows
 */
public record EvaluatorReport(
    int lists,
    int users,
    long shown,
    long clicks,
    List<Metric> metrics,
    Calibration calibration,
    List<PositionAccuracy> positions) {

  /** Mean of -log p of what happened, click or none, in nats a position. */
  public static final String LOG_LOSS = "log-loss";

  /**
   * How much more that is, expected over clicks, than with the true probabilities: the mean
   * Kullback-Leibler divergence from the truth, in nats a position.
   */
  public static final String EXCESS = "excess log-loss";

  /** Share of pairs of a click and none that the prediction orders rightly, ties by half. */
  public static final String AUC = "AUC";

  /** {@link Calibration#error}. */
  public static final String CALIBRATION_ERROR = "calibration error";

  /**
   * How far an item's predicted probability moves with its neighbours: its standard deviation over
   * redraws, mean over items. 0: blind. It says nothing of whether the moves are right.
   */
  public static final String SPREAD = "spread over neighbours";

  /**
   * Whether held-out clicks agree with what is seen of neighbours: how much the log-loss of an item
   * at its position grows when its neighbours are drawn anew, in nats by click. 0: blind, or what
   * is seen has nothing to do with clicks; above 0: the context seen is real. It needs no truth.
   */
  public static final String GAIN = "context gain per click";

  /**
   * Correlation of an item's predicted and true probability over redraws, mean over items for which
   * the truth moves. 0: blind; 1: sees all that neighbours do.
   */
  public static final String CORRELATION = "context correlation";

  public EvaluatorReport {
    metrics = List.copyOf(metrics);
    positions = List.copyOf(positions);
  }

  /**
   * The value of a metric.
   *
   * @throws IllegalArgumentException naming the metrics there are
   */
  public double value(String name) {
    return metric(name).value();
  }

  /**
   * A metric with its standard error over users; NaN for AUC and the calibration error.
   *
   * @throws IllegalArgumentException naming the metrics there are
   */
  public Metric metric(String name) {
    return metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no metric '%s'; there are %s"
                        .formatted(name, metrics.stream().map(Metric::name).toList())));
  }

  /** What was measured on. */
  public String on() {
    return "%d lists of %d users, %d clicks on %d items shown"
        .formatted(lists, users, clicks, shown);
  }

  /** One row a metric. */
  public Table toTable() {
    return MetricTable.of("evaluator", metrics);
  }

  /** One row a position: shown, clicked, predicted, AUC and calibration error. */
  public Table positionTable() {
    return PositionTable.of("evaluator by position", positions);
  }

  /** All in one line: on what, and each metric with its standard error. */
  @Override
  public String toString() {
    return "evaluator on " + on() + ": " + Metric.line(metrics);
  }
}
