package org.eglr.kernel.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** A chart of lines; it tells where its plot lies, so that charts side by side can be aligned. */
public final class LineChart extends XYChart implements Figure {

  private int ticks;

  LineChart(XYChartBuilder builder) {
    super(builder);
  }

  @Override
  public int width() {
    return getWidth();
  }

  @Override
  public int height() {
    return getHeight();
  }

  @Override
  public LineChart size(int width, int height) {
    Figure.check(width, height);
    setWidth(width);
    setHeight(height);
    return this;
  }

  @Override
  public void save(Path file) {
    Picture.of(this).save(file);
  }

  /** About how many numbers the horizontal axis has at any width. */
  void ticks(int count) {
    ticks = count;
    setWidth(getWidth());
  }

  @Override
  protected void setWidth(int width) {
    super.setWidth(width);
    if (ticks > 0) {
      getStyler().setXAxisTickMarkSpacingHint(Math.max(1, width / ticks));
    }
  }

  /**
   * Paints it with another height, and keeps its own: XChart's painting takes over what it gets.
   */
  void paintLower(Graphics2D graphics, int height) {
    int own = getHeight();
    try {
      paint(graphics, getWidth(), height);
    } finally {
      setHeight(own);
    }
  }

  /** Where the plot lies, in pixels as shown: what is around it depends on words and numbers. */
  Rectangle2D plotArea() {
    Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      paint(nowhere, getWidth(), getHeight());
    } finally {
      nowhere.dispose();
    }
    return plot.getBounds();
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    Look.fitLegend(getStyler(), getSeriesCollection(), width);
    super.paint(graphics, width, height);
  }
}
