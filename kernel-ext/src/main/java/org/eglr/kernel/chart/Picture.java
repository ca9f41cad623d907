package org.eglr.kernel.chart;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.eglr.kernel.Content;
import org.knowm.xchart.internal.chartpart.Chart;

/** Charts side by side as one PNG, their plots at one height. */
public final class Picture {

  private final List<? extends Chart<?, ?>> charts;

  private Picture(List<? extends Chart<?, ?>> charts) {
    this.charts = charts;
  }

  public static Picture of(Chart<?, ?>... charts) {
    return new Picture(List.of(charts));
  }

  /** Width as shown, in pixels. */
  public int width() {
    return charts.stream().mapToInt(Chart::getWidth).sum();
  }

  /** Height as shown, in pixels. */
  public int height() {
    return charts.stream().mapToInt(Chart::getHeight).max().orElse(0);
  }

  /** For a saved notebook: twice as fine as shown, for screens that can. */
  public Content content() {
    return content(2);
  }

  /** For a picture that the next one replaces. */
  public Content draft() {
    return content(1);
  }

  /**
   * Paints the charts.
   *
   * @param scale pixels of the image per pixel shown
   */
  public BufferedImage image(int scale) {
    BufferedImage image =
        new BufferedImage(width() * scale, height() * scale, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(Look.PAPER);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.scale(scale, scale);
      Alignment alignment = Alignment.of(charts);
      for (Chart<?, ?> chart : charts) {
        alignment.paint(chart, graphics);
        graphics.translate(chart.getWidth(), 0);
      }
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private Content content(int scale) {
    String titles = charts.stream().map(Chart::getTitle).collect(Collectors.joining("; "));
    return Content.png(
        Base64.getEncoder().encodeToString(png(scale)), width(), height(), "Chart: " + titles);
  }

  private byte[] png(int scale) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(FewColours.of(image(scale)), "png", stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
