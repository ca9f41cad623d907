package org.eglr.kernel.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.series.Series;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * One look for all charts: mid-grey without paper, which has the same contrast (4.3) to a white
 * page and to the dark one of JupyterLab, and the colours of Okabe and Ito, which people with
 * colour-blindness tell apart; lines differ by marker as well.
 */
public final class Look {

  public static final Color INK = new Color(0x79, 0x79, 0x79);
  public static final Color GRID = new Color(0x79, 0x79, 0x79, 0x48);
  public static final Color NO_PAPER = new Color(0, 0, 0, 0);
  public static final Color BLUE = new Color(0x00, 0x72, 0xB2);
  public static final Color VERMILION = new Color(0xD5, 0x5E, 0x00);
  public static final Color GREEN = new Color(0x00, 0x9E, 0x73);
  public static final Color SKY = new Color(0x56, 0xB4, 0xE9);

  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private static final Font TITLE = TEXT.deriveFont(Font.BOLD, 13f);
  private static final Font SMALL = TEXT.deriveFont(11f);

  /** All fonts of our charts. */
  static final List<Font> FONTS = List.of(SMALL, TEXT, TITLE);

  private static final int LEAST = 100;
  private static final int MOST = 10_000;

  private Look() {}

  /** A side of a chart in pixels, if there can be one of that length. */
  static int checked(String side, int pixels) {
    if (pixels < LEAST || pixels > MOST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a chart's %s is %,d to %,d pixels, not %,d",
              side,
              LEAST,
              MOST,
              pixels));
    }
    return pixels;
  }

  /** An empty chart of lines over numbers. */
  public static LineChart lines(ChartSize size, String title, String x, String y) {
    LineChart chart =
        new LineChart(
            new XYChartBuilder()
                .width(size.width())
                .height(size.height())
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y));
    apply(chart.getStyler());
    chart.getStyler().setMarkerSize(7);
    return chart;
  }

  /** An empty chart of bars, one a category. */
  public static BarChart bars(ChartSize size, String title, String x, String y) {
    BarChart chart =
        new BarChart(
            new CategoryChartBuilder()
                .width(size.width())
                .height(size.height())
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y));
    apply(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(0.7);
    chart.getStyler().setYAxisMin(0.0);
    return chart;
  }

  /** Gives the series that will be added the colours and markers of this look. */
  public static LineChart coloured(LineChart chart) {
    chart.getStyler().setSeriesColors(new Color[] {BLUE, VERMILION, GREEN, SKY, INK});
    chart
        .getStyler()
        .setSeriesMarkers(
            new Marker[] {
              SeriesMarkers.CIRCLE,
              SeriesMarkers.SQUARE,
              SeriesMarkers.DIAMOND,
              SeriesMarkers.TRIANGLE_UP,
              SeriesMarkers.CROSS
            });
    chart.getStyler().setErrorBarsColorSeriesColor(true);
    return chart;
  }

  /** Colours a line and marks its points. */
  public static void line(XYSeries series, Color color, float width, Marker marker) {
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
    series.setLineColor(color).setLineStyle(new BasicStroke(width));
    series.setMarker(marker).setMarkerColor(color);
  }

  /** Marks points without a line. */
  public static void points(XYSeries series, Color color, Marker marker) {
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(marker).setMarkerColor(color);
  }

  /** The end of an axis from 0 that shows all finite values with some room. */
  static double above(double... values) {
    double highest = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    return highest > 0 ? 1.08 * highest : 1;
  }

  /** At most four significant digits, no zeros at the end. */
  private static String digits(double value) {
    return value == 0
        ? "0"
        : new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  /**
   * Names that do not fit side by side stand one below the other, since XChart would cut them off.
   */
  static void fitLegend(Styler styler, Collection<? extends Series> series, int width) {
    FontRenderContext measure = new FontRenderContext(null, true, true);
    double wanted =
        series.stream()
            .filter(Series::isShowInLegend)
            .mapToDouble(s -> SMALL.getStringBounds(s.getLabel(), measure).getWidth())
            .map(name -> name + styler.getLegendSeriesLineLength() + 3 * styler.getLegendPadding())
            .sum();
    styler.setLegendLayout(
        wanted + 2 * styler.getChartPadding() > width
            ? Styler.LegendLayout.Vertical
            : Styler.LegendLayout.Horizontal);
  }

  private static void apply(AxesChartStyler styler) {
    styler.setBaseFont(TEXT);
    styler.setChartTitleFont(TITLE);
    styler.setAxisTitleFont(TEXT);
    styler.setAxisTickLabelsFont(SMALL);
    styler.setAxisTickLabelsColor(INK).setAxisTickMarksColor(INK);
    styler.setLegendFont(SMALL);
    styler.setLegendSeriesLineLength(16);
    styler.setChartBackgroundColor(NO_PAPER).setPlotBackgroundColor(NO_PAPER);
    styler.setLegendBackgroundColor(NO_PAPER).setLegendBorderColor(NO_PAPER);
    styler.setChartFontColor(INK).setChartTitleBoxVisible(false);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLocale(Locale.ROOT);
    styler.setYAxisTickLabelsFormattingFunction(Look::digits);
    styler.setChartPadding(8).setLegendPadding(6);
  }
}
