package org.eglr.kernel.chart;

import java.awt.Graphics2D;
import java.nio.file.Path;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** A chart of bars. */
public final class BarChart extends CategoryChart implements Figure {

  BarChart(CategoryChartBuilder builder) {
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
  public BarChart size(int width, int height) {
    Figure.check(width, height);
    setWidth(width);
    setHeight(height);
    return this;
  }

  @Override
  public void save(Path file) {
    Picture.of(this).save(file);
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    Look.fitLegend(getStyler(), getSeriesCollection(), width);
    super.paint(graphics, width, height);
  }
}
