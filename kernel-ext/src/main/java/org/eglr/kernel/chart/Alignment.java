package org.eglr.kernel.chart;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Gives line charts side by side plots of one height: XChart makes room for words by their letters,
 * so that an axis label with a {@code g} in it would move the axis.
 *
 * @param above the plots, in pixels as shown
 * @param below the plots, in pixels as shown
 */
record Alignment(double above, double below) {

  static Alignment of(List<? extends Chart<?, ?>> charts) {
    double above = 0;
    double below = 0;
    for (Chart<?, ?> chart : charts) {
      if (chart instanceof LineChart line) {
        Rectangle2D plot = line.plotArea();
        above = Math.max(above, plot.getMinY());
        below = Math.max(below, line.getHeight() - plot.getMaxY());
      }
    }
    return new Alignment(above, below);
  }

  /** Paints a chart, made a little smaller and moved down where it needs less room for words. */
  void paint(Chart<?, ?> chart, Graphics2D graphics) {
    if (!(chart instanceof LineChart line)) {
      chart.paint(graphics, chart.getWidth(), chart.getHeight());
      return;
    }
    Rectangle2D plot = line.plotArea();
    double lower = line.getHeight() - plot.getMaxY();
    int height = line.getHeight() - (int) Math.round(above - plot.getMinY() + below - lower);
    AffineTransform before = graphics.getTransform();
    graphics.translate(0, line.getHeight() - below - (height - lower));
    line.paintLower(graphics, height);
    graphics.setTransform(before);
  }
}
