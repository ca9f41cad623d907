package org.eglr.kernel.magic;

import java.nio.file.Path;
import org.eglr.kernel.Content;
import org.eglr.kernel.chart.Figure;
import org.eglr.kernel.chart.FigureFile;
import org.eglr.kernel.chart.Picture;
import picocli.CommandLine.Option;

/** The size of a command's picture, and the file that it is also written to. */
final class FigureOptions {

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      description = "of the whole picture, 100 to 10000; charts side by side share it")
  private Integer width;

  @Option(names = "--height", paramLabel = "PIXELS", description = "100 to 10000")
  private Integer height;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "also writes it to a file that ends in .svg, .pdf or .png; replaces one")
  private Path save;

  /** Refuses what cannot be drawn or written, before the work for it begins. */
  void check() {
    if (save != null) {
      FigureFile.check(save);
    }
    Figure.check(width, height);
  }

  /** Shows and writes a picture in the size asked for. */
  Picture show(Session session, Picture picture) {
    picture.size(
        width == null ? picture.width() : width, height == null ? picture.height() : height);
    show(session, picture, save);
    return picture;
  }

  /**
   * @param save null: it is only shown
   */
  static void show(Session session, Picture picture, Path save) {
    session.show(picture.content());
    if (save != null) {
      picture.save(save);
      session.show(Content.text("Saved to " + save.toAbsolutePath().normalize()));
    }
  }
}
