package org.eglr.kernel;

import java.util.Arrays;
import java.util.List;
import org.eglr.Eglr;
import org.eglr.data.ListSet;
import org.eglr.decode.EntropyProfile;
import org.eglr.decode.SelfAttention;
import org.eglr.experiment.ExperimentResult;
import org.eglr.kernel.chart.AttentionChart;
import org.eglr.kernel.chart.BarChart;
import org.eglr.kernel.chart.CalibrationChart;
import org.eglr.kernel.chart.ChartSize;
import org.eglr.kernel.chart.HeatMap;
import org.eglr.kernel.chart.IntervalChart;
import org.eglr.kernel.chart.LearningCurve;
import org.eglr.kernel.chart.LineChart;
import org.eglr.kernel.chart.Look;
import org.eglr.kernel.chart.PositionCharts;
import org.eglr.metrics.EvaluatorReport;
import org.eglr.metrics.Headroom;
import org.eglr.train.TrainingLog;

/**
 * The charts of EGLR; a notebook shows them as pictures, and {@code Charts.reward(log).size(600,
 * 400).save("reward.svg")} writes one to a file.
 */
public final class Charts {

  private Charts() {}

  /** Decision entropy by position in nats (eq. 14), before and after reasoning. */
  public static LineChart entropy(EntropyProfile profile) {
    return PositionCharts.entropy(
        "Where the model hesitates",
        "decision entropy (nats)",
        profile.before(),
        profile.after(),
        ChartSize.SINGLE);
  }

  /** Decision entropy divided by that of a uniform choice among the remaining candidates. */
  public static LineChart relativeEntropy(EntropyProfile profile) {
    int end = profile.length();
    while (end > 1 && profile.before()[end - 1] == 0 && profile.after()[end - 1] == 0) {
      end--; // One candidate was left: 0 divided by log 1.
    }
    return PositionCharts.entropy(
        "Relative to a blind choice",
        "entropy / log(remaining candidates)",
        Arrays.copyOf(profile.relativeBefore(), end),
        Arrays.copyOf(profile.relativeAfter(), end),
        ChartSize.SINGLE);
  }

  /** Mean number of reasoning tokens before the item of each position. */
  public static BarChart reasoningSteps(EntropyProfile profile) {
    return PositionCharts.steps(profile, ChartSize.SINGLE);
  }

  /** GRPO's mean reward over optimiser steps, with the measurements on validation lists. */
  public static LineChart reward(TrainingLog log) {
    return new LearningCurve(log.steps(), log.validations(), "reward")
        .chart("Reward", "reward (the evaluator's score)", ChartSize.WIDE);
  }

  /** A training run's loss over optimiser steps, with the measurements on validation lists. */
  public static LineChart loss(TrainingLog log) {
    return new LearningCurve(log.steps(), log.validations(), "loss")
        .chart("Loss", "loss (nats)", ChartSize.WIDE);
  }

  /** How often the item at each position was clicked in logged lists. */
  public static BarChart clicks(ListSet lists) {
    return PositionCharts.clicks(lists, ChartSize.SINGLE);
  }

  /**
   * Whether the evaluator's click probabilities come true on logged lists, with 95 % intervals.
   *
   * @throws IllegalStateException if the evaluator is not trained
   */
  public static LineChart calibration(Eglr model, ListSet lists) {
    return CalibrationChart.of(model.clickProbabilities(lists), lists, ChartSize.SINGLE);
  }

  /** How much each token of a list looked at those before it, the mean over the decoder's heads. */
  public static HeatMap attention(SelfAttention attention) {
    return AttentionChart.of(attention, -1, ChartSize.SQUARE);
  }

  /**
   * The same for one head.
   *
   * @param head from 0
   * @throws IllegalArgumentException if there is no such head
   */
  public static HeatMap attention(SelfAttention attention, int head) {
    if (head < 0) {
      throw new IllegalArgumentException("there is no head " + head + ": heads count from 0");
    }
    return AttentionChart.of(attention, head, ChartSize.SQUARE);
  }

  /** As {@link #calibration(Eglr, ListSet)}, of an evaluator that was measured. */
  public static LineChart calibration(EvaluatorReport report) {
    return CalibrationChart.of(report.calibration(), ChartSize.SINGLE);
  }

  /** What lists could have over sorting, with 95 % intervals. */
  public static BarChart headroom(Headroom room) {
    return IntervalChart.of(room, ChartSize.WIDE);
  }

  /**
   * Numbers of one's own, one a name, with 95 % intervals.
   *
   * <pre>{@code
   * Charts.intervals("Re-rankers", "true DCG", List.of("prm", "eglr"), means, halves)
   * }</pre>
   *
   * @param axis what the values are
   * @param halves half of each interval; NaN where there is none
   * @throws IllegalArgumentException if there are not as many of each
   */
  public static BarChart intervals(
      String title, String axis, List<String> names, double[] values, double[] halves) {
    return IntervalChart.of(title, axis, names, values, halves, ChartSize.WIDE);
  }

  /**
   * An empty chart in the look of the others, for lines of one's own: XChart's {@code
   * addSeries(name, x, y, errors)} adds one.
   */
  public static LineChart lines(String title, String x, String y) {
    return Look.coloured(Look.lines(ChartSize.WIDE, title, x, y));
  }

  /** The rows of an experiment in its main metric, with 95 % intervals. */
  public static BarChart experiment(ExperimentResult result) {
    return experiment(result, result.mainMetric());
  }

  /** The rows of an experiment in a metric, with 95 % intervals. */
  public static BarChart experiment(ExperimentResult result, String metric) {
    return IntervalChart.of(result, metric, ChartSize.WIDE);
  }
}
