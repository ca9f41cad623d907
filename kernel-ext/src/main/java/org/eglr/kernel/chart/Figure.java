package org.eglr.kernel.chart;

import java.nio.file.Path;

/** A chart, or several side by side, of a chosen size, that can be written to a file. */
public interface Figure {

  /** Width as shown, in pixels. */
  int width();

  /** Height as shown, in pixels. */
  int height();

  /** Refuses a side that no chart can have; null is a chart's own. */
  static void check(Integer width, Integer height) {
    if (width != null) {
      Look.checked("width", width);
    }
    if (height != null) {
      Look.checked("height", height);
    }
  }

  /**
   * Changes its size.
   *
   * @param width of the whole, 100 to 10,000 pixels
   * @param height 100 to 10,000 pixels
   * @throws IllegalArgumentException if it is out of range
   */
  Figure size(int width, int height);

  /**
   * Writes it to a file, whole or not at all; replaces one that exists. Nothing is painted behind
   * the drawing. In SVG text stays text, and axes take the colour of the text around them; in PDF
   * words are outlines and a pixel is 1/96 inch; PNG has twice the pixels that are shown.
   *
   * @param file whose name ends in {@code .svg}, {@code .pdf} or {@code .png}
   * @throws IllegalArgumentException if it ends otherwise, or its folder does not exist
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  void save(Path file);

  /** The same for a path as text. */
  default void save(String file) {
    save(Path.of(file));
  }
}
