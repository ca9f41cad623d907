package org.eglr.kernel.chart;

import java.util.ArrayList;
import java.util.List;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A measurement over optimiser steps: each step faint, their moving mean strong, measurements on
 * the validation lists as diamonds, the one whose weights were kept as a triangle.
 */
public final class LearningCurve {

  /** More points than this would not be told apart: neighbours are averaged. */
  private static final int POINTS = 400;

  private final List<TrainingStep> steps;
  private final List<Validation> validations;
  private final String measurement;
  private boolean fromZero;

  /**
   * Chooses what to draw.
   *
   * @param measurement name of the steps' value
   */
  public LearningCurve(List<TrainingStep> steps, List<Validation> validations, String measurement) {
    this.steps = steps;
    this.validations = validations;
    this.measurement = measurement;
  }

  /** Lets the axis of values begin at zero, for counts. */
  public LearningCurve fromZero() {
    fromZero = true;
    return this;
  }

  public LineChart chart(String title, String unit, ChartSize size) {
    LineChart chart = Look.lines(size, title, "optimiser step", unit);
    List<double[]> points = points();
    if (!points.isEmpty()) {
      double[] x = points.stream().mapToDouble(point -> point[0]).toArray();
      double[] y = points.stream().mapToDouble(point -> point[1]).toArray();
      XYSeries each = chart.addSeries("step", x, y);
      Look.line(each, Look.SKY, 1, y.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      if (y.length >= 10) {
        XYSeries mean = chart.addSeries("moving mean", x, movingMean(y));
        Look.line(mean, Look.BLUE, 2.5f, SeriesMarkers.NONE);
      }
    }
    validations(chart, "validation", false);
    validations(chart, "kept", true);
    if (fromZero) {
      chart.getStyler().setYAxisMin(0.0).setYAxisMax(Look.above(values()));
    }
    // XChart puts its ticks on the steps themselves where these and the start are evenly spaced.
    double last = steps.isEmpty() ? 1 : steps.get(steps.size() - 1).step();
    chart.getStyler().setXAxisMin(-0.02 * last).setXAxisTickMarkSpacingHint(80);
    chart.getStyler().setXAxisDecimalPattern("#,##0.#");
    return chart;
  }

  private void validations(LineChart chart, String name, boolean kept) {
    Validation best =
        validations.stream().filter(Validation::best).reduce((a, b) -> b).orElse(null);
    List<Validation> drawn =
        validations.stream()
            .filter(validation -> (validation == best) == kept)
            .filter(validation -> Double.isFinite(value(validation)))
            .toList();
    if (!drawn.isEmpty()) {
      XYSeries series =
          chart.addSeries(
              name,
              drawn.stream().mapToDouble(Validation::step).toArray(),
              drawn.stream().mapToDouble(this::value).toArray());
      Look.points(
          series,
          kept ? Look.GREEN : Look.VERMILION,
          kept ? SeriesMarkers.TRIANGLE_UP : SeriesMarkers.DIAMOND);
    }
  }

  /** The measurement of the same name, or the one that decides which weights are best. */
  private double value(Validation validation) {
    Double same = validation.values().get(measurement);
    return same != null
        ? same
        : validation.values().values().stream().findFirst().orElse(Double.NaN);
  }

  private double[] values() {
    return points().stream().mapToDouble(point -> point[1]).toArray();
  }

  private List<double[]> points() {
    List<TrainingStep> finite =
        steps.stream()
            .filter(step -> Double.isFinite(step.values().getOrDefault(measurement, Double.NaN)))
            .toList();
    int bin = (finite.size() + POINTS - 1) / POINTS;
    List<double[]> points = new ArrayList<>();
    for (int from = 0; from < finite.size(); from += bin) {
      List<TrainingStep> group = finite.subList(from, Math.min(from + bin, finite.size()));
      points.add(
          new double[] {
            group.stream().mapToInt(TrainingStep::step).average().orElseThrow(),
            group.stream()
                .mapToDouble(step -> step.values().get(measurement))
                .average()
                .orElseThrow()
          });
    }
    return points;
  }

  private static double[] movingMean(double[] values) {
    int half = Math.max(1, values.length / 40);
    double[] means = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double sum = 0;
      int from = Math.max(0, i - half);
      int to = Math.min(values.length - 1, i + half);
      for (int j = from; j <= to; j++) {
        sum += values[j];
      }
      means[i] = sum / (to - from + 1);
    }
    return means;
  }
}
