package org.eglr.kernel.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** A chart that tells where its plot lies, so that charts side by side can be aligned. */
final class LineChart extends XYChart {

  LineChart(XYChartBuilder builder) {
    super(builder);
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
}
