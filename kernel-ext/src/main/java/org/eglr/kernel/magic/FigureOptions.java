package org.eglr.kernel.magic;

import java.nio.file.Path;
import org.eglr.kernel.Content;
import org.eglr.kernel.chart.BarChart;
import org.eglr.kernel.chart.Figure;
import org.eglr.kernel.chart.FigureFile;
import org.eglr.kernel.chart.Picture;
import picocli.CommandLine.Option;

/** The size of a command's picture, and the file that it is also written to. */
final class FigureOptions {

  @Option(names = "--width", paramLabel = "PIXELS", description = "of the picture, 100 to 10000")
  private Integer width;

  @Option(names = "--height", paramLabel = "PIXELS", description = "100 to 10000")
  private Integer height;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "also writes the picture to a file that ends in .svg, .pdf or .png")
  private Path save;

  /** Refuses what cannot be drawn or written, before the work for it begins. */
  void check() {
    if (save != null) {
      FigureFile.check(save);
    }
    Figure.check(width, height);
  }

  void show(Session session, BarChart chart) {
    chart.size(width == null ? chart.width() : width, height == null ? chart.height() : height);
    show(session, chart, save);
  }

  /**
   * @param save null: it is only shown
   */
  static void show(Session session, BarChart chart, Path save) {
    session.show(Picture.of(chart).content());
    if (save != null) {
      chart.save(save);
      session.show(Content.text("Saved to " + save.toAbsolutePath().normalize()));
    }
  }
}
