package org.eglr.kernel.course;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.kernel.Content;
import org.eglr.kernel.chart.BarChart;
import org.eglr.kernel.chart.ChartSize;
import org.eglr.kernel.chart.LineChart;
import org.eglr.kernel.chart.Look;
import org.eglr.kernel.chart.Picture;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A picture in one line, in the look of all our charts: {@code Plot.of("position",
 * "clicks").line("observed", x, y)}. Lines and dots over numbers, or bars over categories, not
 * both.
 */
public final class Plot {

  private static final int MARKED = 30; // points of a line that are marked one by one
  private static final Color[] COLOURS = {Look.BLUE, Look.VERMILION, Look.GREEN, Look.SKY};

  private final String x;
  private final String y;
  private LineChart lines;
  private BarChart bars;
  private int series;

  private Plot(String x, String y) {
    this.x = x;
    this.y = y;
  }

  /** An empty picture with the titles of its axes. */
  public static Plot of(String x, String y) {
    return new Plot(x, y);
  }

  /** Adds a line through points, from left to right. */
  public Plot line(String name, double[] xs, double[] ys) {
    XYSeries added = lines().addSeries(name, xs, ys);
    var marker = xs.length <= MARKED && xs.length > 2 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE;
    Look.line(added, colour(), 2, marker);
    if (xs.length > MARKED) {
      roundNumbers(Arrays.stream(xs).min().getAsDouble(), Arrays.stream(xs).max().getAsDouble());
    }
    return this;
  }

  /** Adds points without a line. */
  public Plot dots(String name, double[] xs, double[] ys) {
    Look.points(lines().addSeries(name, xs, ys), colour(), SeriesMarkers.CIRCLE);
    return this;
  }

  /** Adds a bar for each category. */
  public Plot bars(String name, List<String> categories, double[] heights) {
    if (lines != null) {
      throw new IllegalStateException("a plot has lines or bars, not both");
    }
    if (bars == null) {
      bars = Look.bars(ChartSize.LESSON, "", x, y);
    }
    bars.addSeries(name, categories, Arrays.stream(heights).boxed().toList())
        .setFillColor(colour());
    bars.getStyler().setLegendVisible(series > 1);
    if (Arrays.stream(heights).anyMatch(height -> height < 0)) {
      bars.getStyler().setYAxisMin(null); // the axis begins at 0 otherwise, and cuts them off
    }
    return this;
  }

  /** Adds a bar for each position, from 1. */
  public Plot bars(String name, double[] heights) {
    return bars(
        name, IntStream.rangeClosed(1, heights.length).mapToObj(String::valueOf).toList(), heights);
  }

  /** The picture as a notebook shows it. */
  public Content content() {
    return Picture.of(bars != null ? bars : lines()).content();
  }

  private LineChart lines() {
    if (bars != null) {
      throw new IllegalStateException("a plot has lines or bars, not both");
    }
    if (lines == null) {
      lines = Look.lines(ChartSize.LESSON, "", x, y);
      lines.getStyler().setXAxisTickMarkSpacingHint(ChartSize.LESSON.width() / 8);
    }
    lines.getStyler().setLegendVisible(series > 0);
    return lines;
  }

  /** XChart writes every so-manieth value below equally spaced ones, if the axis begins at one. */
  private void roundNumbers(double least, double most) {
    lines.getStyler().setXAxisMin(least - 0.02 * (most - least));
  }

  private Color colour() {
    return COLOURS[series++ % COLOURS.length];
  }
}
