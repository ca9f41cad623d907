package org.eglr.kernel.chart;

import java.awt.BasicStroke;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.metrics.Calibration;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Whether predicted click probabilities come true: shown items, sorted by prediction and cut into
 * ten groups of equal size, each with its mean prediction and its share of clicks.
 */
public final class CalibrationChart {

  private CalibrationChart() {}

  /**
   * The chart.
   *
   * @param predicted for each list the predictions by position, 0 to 1
   */
  public static LineChart of(List<double[]> predicted, ListSet lists, ChartSize size) {
    return of(calibration(predicted, lists), size);
  }

  /** The chart of what was grouped already. */
  public static LineChart of(Calibration calibration, ChartSize size) {
    List<Calibration.Group> groups = calibration.groups();
    LineChart chart =
        Look.lines(
            size,
            String.format(Locale.ROOT, "Calibration; mean error %.3f", calibration.error()),
            "predicted click probability",
            "clicked (share of shown items)");
    double end = 1.05 * groups.stream().mapToDouble(CalibrationChart::reach).max().orElse(1);
    double[] corners = {0, end};
    XYSeries ideal = chart.addSeries("perfectly calibrated", corners, corners);
    Look.line(ideal, Look.INK, 1, SeriesMarkers.NONE);
    ideal.setLineStyle(
        new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 4}, 0));
    XYSeries measured =
        chart.addSeries(
            "evaluator, 95 % intervals",
            groups.stream().mapToDouble(Calibration.Group::predicted).toArray(),
            groups.stream().mapToDouble(Calibration.Group::clicked).toArray(),
            groups.stream().mapToDouble(Calibration.Group::halfInterval).toArray());
    Look.line(measured, Look.BLUE, 2, SeriesMarkers.CIRCLE);
    chart.getStyler().setErrorBarsColor(Look.BLUE);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(end).setYAxisMin(0.0).setYAxisMax(end);
    return chart;
  }

  static Calibration calibration(List<double[]> predicted, ListSet lists) {
    int shown = IntStream.range(0, lists.size()).map(lists::length).sum();
    double[] probabilities = new double[shown];
    boolean[] clicked = new boolean[shown];
    int next = 0;
    for (int list = 0; list < lists.size(); list++) {
      for (int i = 0; i < lists.length(list); i++) {
        probabilities[next] = predicted.get(list)[i];
        clicked[next++] = lists.clicked(list, i);
      }
    }
    return Calibration.of(probabilities, clicked);
  }

  private static double reach(Calibration.Group group) {
    return Math.max(group.predicted(), group.clicked() + group.halfInterval());
  }
}
