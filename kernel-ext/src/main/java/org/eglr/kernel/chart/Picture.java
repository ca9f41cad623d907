package org.eglr.kernel.chart;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.eglr.kernel.Content;
import org.eglr.kernel.chart.vector.Drawing;
import org.eglr.kernel.view.Html;
import org.knowm.xchart.internal.chartpart.Chart;

/** Charts side by side, their plots at one height. */
public final class Picture implements Figure {

  private final List<? extends Chart<?, ?>> charts;

  private Picture(List<? extends Chart<?, ?>> charts) {
    this.charts = charts;
  }

  public static Picture of(Chart<?, ?>... charts) {
    return new Picture(List.of(charts));
  }

  @Override
  public int width() {
    return charts.stream().mapToInt(Chart::getWidth).sum();
  }

  @Override
  public int height() {
    return charts.stream().mapToInt(Chart::getHeight).max().orElse(0);
  }

  /**
   * {@inheritDoc} Charts side by side become equally wide. Charts that are not ours keep theirs.
   */
  @Override
  public Picture size(int width, int height) {
    Look.checked("width", width);
    Look.checked("height", height);
    for (int i = 0; i < charts.size(); i++) {
      if (charts.get(i) instanceof Figure figure) {
        int from = width * i / charts.size();
        figure.size(width * (i + 1) / charts.size() - from, height);
      }
    }
    return this;
  }

  @Override
  public void save(Path file) {
    FigureFile.write(this, file);
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
   * Paints the charts on nothing.
   *
   * @param scale pixels of the image per pixel shown
   */
  public BufferedImage image(int scale) {
    return image(charts, Alignment.of(charts), scale);
  }

  String svg() {
    return drawing().svg(width(), height(), titles(), Look.INK);
  }

  byte[] pdf() {
    return drawing().pdf(width(), height(), titles(), Look.INK);
  }

  byte[] png(int scale) {
    return png(image(scale));
  }

  private Drawing drawing() {
    Drawing drawing = new Drawing(Look.FONTS);
    paint(charts, Alignment.of(charts), drawing);
    return drawing;
  }

  /** Several charts also as HTML, one picture each: in a narrow window they wrap as words do. */
  private Content content(int scale) {
    String text = "Chart: " + titles();
    Alignment alignment = Alignment.of(charts);
    String whole = base64(image(charts, alignment, scale));
    Content content = Content.png(whole, width(), height(), text);
    if (charts.size() == 1) {
      return content;
    }
    StringBuilder html = new StringBuilder("<div>");
    for (Chart<?, ?> chart : charts) {
      html.append(
          "<img src=\"data:image/png;base64,%s\" width=\"%d\" height=\"%d\" alt=\"%s\">"
              .formatted(
                  base64(image(List.of(chart), alignment, scale)),
                  chart.getWidth(),
                  chart.getHeight(),
                  Html.escape("Chart: " + chart.getTitle())));
    }
    Map<String, String> data = new LinkedHashMap<>(content.data());
    data.put(Content.HTML, html.append("</div>").toString());
    return new Content(data, content.metadata());
  }

  private String titles() {
    return charts.stream().map(Chart::getTitle).collect(Collectors.joining("; "));
  }

  private static BufferedImage image(
      List<? extends Chart<?, ?>> charts, Alignment alignment, int scale) {
    int width = charts.stream().mapToInt(Chart::getWidth).sum();
    int height = charts.stream().mapToInt(Chart::getHeight).max().orElse(0);
    BufferedImage image =
        new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(scale, scale);
      paint(charts, alignment, graphics);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void paint(
      List<? extends Chart<?, ?>> charts, Alignment alignment, Graphics2D graphics) {
    for (Chart<?, ?> chart : charts) {
      alignment.paint(chart, graphics);
      graphics.translate(chart.getWidth(), 0);
    }
  }

  private static String base64(BufferedImage image) {
    return Base64.getEncoder().encodeToString(png(image));
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(FewColours.of(image), "png", stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
