package org.eglr.kernel.chart;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.eglr.experiment.ExperimentResult;
import org.eglr.metrics.Headroom;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Points with 95 % intervals, one a row. */
public final class IntervalChart {

  private static final double TWO_SIDED_95 = 1.96;
  private static final int SLANTED = 6;

  private IntervalChart() {}

  /**
   * What systems have over sorting alone, in percent: under the evaluator, and in truth if known.
   */
  public static BarChart of(Headroom room, ChartSize size) {
    BarChart chart = Look.bars(size, "Headroom", "", "difference to sorted alone (%)");
    List<String> names =
        room.comparison().reports().stream()
            .map(Report::model)
            // Its truth is so high that the others could not be told apart.
            .filter(name -> !name.equals("local search on the truth"))
            .toList();
    Metric[] score =
        names.stream().map(n -> room.percent(n, Headroom.SCORE)).toArray(Metric[]::new);
    add(chart, "evaluator score", names, score, SeriesMarkers.CIRCLE, Look.BLUE);
    if (room.hasTruth()) {
      Metric[] truth =
          names.stream().map(n -> room.percent(n, Headroom.TRUTH)).toArray(Metric[]::new);
      add(chart, "true DCG", names, truth, SeriesMarkers.SQUARE, Look.VERMILION);
      return finished(chart, score, truth);
    }
    return finished(chart, score);
  }

  /** The means of an experiment's rows in a metric. */
  public static BarChart of(ExperimentResult result, String metric, ChartSize size) {
    BarChart chart = Look.bars(size, "Experiment", "", metric);
    List<String> names = result.rows().stream().map(row -> row.report().model()).toList();
    Metric[] means = new Metric[names.size()];
    Arrays.setAll(means, row -> result.mean(row, metric));
    add(chart, metric, names, means, SeriesMarkers.CIRCLE, Look.BLUE);
    finished(chart, means).getStyler().setLegendVisible(false);
    return chart;
  }

  /**
   * Values with an interval each, one a name.
   *
   * @param halves half of each interval; NaN where there is none
   * @throws IllegalArgumentException if there are not as many of each
   */
  public static BarChart of(
      String title,
      String axis,
      List<String> names,
      double[] values,
      double[] halves,
      ChartSize size) {
    if (names.isEmpty() || names.size() != values.length || values.length != halves.length) {
      throw new IllegalArgumentException(
          "%d names, %d values and %d intervals; a chart has one of each in every place"
              .formatted(names.size(), values.length, halves.length));
    }
    BarChart chart = Look.bars(size, title, "", axis);
    Metric[] metrics = new Metric[values.length];
    Arrays.setAll(metrics, i -> new Metric(axis, values[i], halves[i] / TWO_SIDED_95));
    add(chart, axis, names, metrics, SeriesMarkers.CIRCLE, Look.BLUE);
    finished(chart, metrics).getStyler().setLegendVisible(false);
    return chart;
  }

  private static void add(
      BarChart chart, String name, List<String> rows, Metric[] values, Marker marker, Color color) {
    List<Double> means = Arrays.stream(values).map(Metric::value).toList();
    List<Double> errors = Arrays.stream(values).map(IntervalChart::half).toList();
    CategorySeries series = chart.addSeries(name, rows, means, errors);
    series.setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter);
    series.setMarker(marker).setMarkerColor(color);
    series.setLineColor(color).setFillColor(color);
  }

  private static double half(Metric metric) {
    return Double.isNaN(metric.standardError()) ? 0 : TWO_SIDED_95 * metric.standardError();
  }

  /** The vertical axis need not begin at 0: differences are what is looked at. */
  private static BarChart finished(BarChart chart, Metric[]... all) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Metric[] values : all) {
      for (Metric metric : values) {
        if (!Double.isNaN(metric.value())) {
          low = Math.min(low, metric.value() - half(metric));
          high = Math.max(high, metric.value() + half(metric));
        }
      }
    }
    double room = Math.max(1e-6, 0.08 * (high - low));
    if (low <= high) {
      // XChart draws points of an axis that ends below 0 at its upper end.
      chart.getStyler().setYAxisMin(low - room).setYAxisMax(Math.max(0, high + room));
    }
    int names = all[0].length;
    chart.getStyler().setXAxisLabelRotation(names > SLANTED ? 90 : 30);
    chart
        .getStyler()
        .setXAxisLabelAlignmentVertical(
            AxesChartStyler.TextAlignment.Right); // they end at the axis
    chart.getStyler().setXAxisMaxLabelCount(names); // XChart would leave out some
    chart.getStyler().setErrorBarsColorSeriesColor(true);
    return chart;
  }
}
