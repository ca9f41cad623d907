package org.eglr.kernel.chart;

import java.awt.BasicStroke;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.decode.EntropyProfile;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts over list positions. */
public final class PositionCharts {

  private static final String POSITION = "position in the list";

  private PositionCharts() {}

  /** Two curves, before and after reasoning. */
  public static LineChart entropy(
      String title, String unit, double[] before, double[] after, ChartSize size) {
    LineChart chart = Look.lines(size, title, POSITION, unit);
    double[] positions = positions(before.length);
    XYSeries first = chart.addSeries("before reasoning", positions, before);
    Look.line(first, Look.VERMILION, 2, SeriesMarkers.SQUARE);
    first.setLineStyle(
        new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0));
    XYSeries second = chart.addSeries("after reasoning", positions, after);
    Look.line(second, Look.BLUE, 2, SeriesMarkers.CIRCLE);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(Math.max(Look.above(before), Look.above(after)));
    chart.getStyler().setXAxisMin(1.0).setXAxisMax(Math.max(2.0, before.length));
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.ticks(12);
    return chart;
  }

  /** Bars of the mean number of reasoning tokens. */
  public static BarChart steps(EntropyProfile profile, ChartSize size) {
    BarChart chart =
        Look.bars(size, "Reasoning by position", POSITION, "reasoning tokens per item (mean)");
    chart.addSeries("steps", positions(profile.length()), profile.steps()).setFillColor(Look.BLUE);
    finish(chart, profile.steps());
    return chart;
  }

  /** Bars of the share of logged lists whose item at a position was clicked. */
  public static BarChart clicks(ListSet lists, ChartSize size) {
    int length = IntStream.range(0, lists.size()).map(lists::length).max().orElse(0);
    double[] shown = new double[length];
    double[] clicked = new double[length];
    for (int list = 0; list < lists.size(); list++) {
      for (int i = 0; i < lists.length(list); i++) {
        shown[i]++;
        clicked[i] += lists.clicked(list, i) ? 1 : 0;
      }
    }
    double[] rate = new double[length];
    Arrays.setAll(rate, i -> 100 * clicked[i] / shown[i]);
    BarChart chart =
        Look.bars(size, "Clicks by position, as logged", POSITION, "clicked (% of lists)");
    chart.addSeries("clicks", positions(length), rate).setFillColor(Look.BLUE);
    finish(chart, rate);
    return chart;
  }

  private static void finish(BarChart chart, double[] values) {
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setYAxisMax(Look.above(values));
    chart.getStyler().setXAxisDecimalPattern("0").setXAxisMaxLabelCount(30);
  }

  private static double[] positions(int length) {
    return IntStream.rangeClosed(1, length).asDoubleStream().toArray();
  }
}
