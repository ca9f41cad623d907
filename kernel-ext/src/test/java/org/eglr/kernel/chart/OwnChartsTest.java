package org.eglr.kernel.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.kernel.Charts;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.Styler;

/** Charts of a reader's own numbers. */
class OwnChartsTest {

  @Test
  void intervals_hold_values_and_are_within_the_axis() {
    double[] values = {-2, 5, 1};
    double[] halves = {1, 3, Double.NaN};
    BarChart chart = Charts.intervals("t", "gain, %", List.of("a", "b", "c"), values, halves);
    CategorySeries series = chart.getSeries("gain, %");
    assertEquals(List.of("a", "b", "c"), List.copyOf(series.getXData()));
    assertArrayEquals(values, series.getYData());
    assertArrayEquals(new double[] {1, 3, 0}, series.getExtraValues(), 1e-12);
    assertTrue(chart.getStyler().getYAxisMin() < -3, "the lowest end");
    assertTrue(chart.getStyler().getYAxisMax() > 8, "the highest end");
  }

  /** XChart draws them all at the upper end of an axis that ends below 0. */
  @Test
  void points_below_zero_stand_where_they_belong() {
    double[] none = {Double.NaN, Double.NaN};
    for (double[] values : new double[][] {{-30, -10}, {-0.3, -0.1}, {10, 30}, {-10, 30}}) {
      BarChart chart = Charts.intervals("", "x", List.of("a", "b"), values, none).size(760, 420);
      BufferedImage image = new BufferedImage(760, 420, BufferedImage.TYPE_INT_RGB);
      chart.paint(image.createGraphics(), 760, 420);
      int[] heights =
          IntStream.range(0, 420)
              .filter(
                  y ->
                      IntStream.range(0, 760)
                          .anyMatch(x -> image.getRGB(x, y) == Look.BLUE.getRGB()))
              .toArray();
      int apart = heights[heights.length - 1] - heights[0];
      assertTrue(apart > 100, List.of(values[0], values[1]) + " are " + apart + " pixels apart");
    }
  }

  @Test
  void numbers_that_do_not_fit_together_are_refused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Charts.intervals("t", "x", List.of("a", "b"), new double[2], new double[1]))
            .getMessage();
    assertEquals(
        "2 names, 2 values and 1 intervals; a chart has one of each in every place", message);
  }

  /** XChart leaves out names that would touch each other. */
  @Test
  void each_of_many_names_is_written() {
    List<String> many = IntStream.range(0, 20).mapToObj(i -> "re-ranker " + i).toList();
    List<String> none = IntStream.range(0, 20).mapToObj(i -> " ".repeat(i + 1)).toList();
    int written = 0;
    for (int i = 0; i < many.size(); i++) {
      List<String> one = new java.util.ArrayList<>(none);
      one.set(i, many.get(i));
      written += ink(one) > ink(none) ? 1 : 0;
    }
    assertEquals(many.size(), written);
  }

  /** XChart cuts a row of names off at the chart's edge. */
  @Test
  void names_of_lines_stand_below_each_other_where_a_chart_is_narrow() {
    LineChart chart = Look.lines(ChartSize.SINGLE, "t", "x", "y");
    chart.addSeries("before reasoning", new double[] {1, 2}, new double[] {1, 2});
    chart.addSeries("after reasoning", new double[] {1, 2}, new double[] {2, 1});
    chart.plotArea();
    assertEquals(Styler.LegendLayout.Horizontal, chart.getStyler().getLegendLayout());
    chart.size(250, 300).plotArea();
    assertEquals(Styler.LegendLayout.Vertical, chart.getStyler().getLegendLayout());
  }

  private static int ink(List<String> names) {
    double[] values = new double[names.size()];
    BarChart chart = Charts.intervals("", "x", names, values, values).size(760, 420);
    BufferedImage image = new BufferedImage(760, 420, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    chart.paint(graphics, 760, 420);
    graphics.dispose();
    int painted = 0;
    for (int pixel : image.getRGB(0, 0, 760, 420, null, 0, 760)) {
      painted += pixel >>> 24 > 0 ? 1 : 0;
    }
    return painted;
  }

  @Test
  void lines_have_the_colours_of_the_other_charts() {
    LineChart chart = Charts.lines("t", "x", "y");
    chart.addSeries("first", new double[] {1, 2}, new double[] {3, 4}, new double[] {0.1, 0.1});
    chart.addSeries("second", new double[] {1, 2}, new double[] {4, 5});
    chart.paint(new BufferedImage(9, 9, BufferedImage.TYPE_INT_ARGB).createGraphics(), 400, 300);
    assertEquals(Look.BLUE, chart.getSeries("first").getLineColor());
    assertEquals(Look.VERMILION, chart.getSeries("second").getLineColor());
  }
}
