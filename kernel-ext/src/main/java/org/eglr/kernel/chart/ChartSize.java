package org.eglr.kernel.chart;

/** The size that a chart has unless it is given another ({@link Figure#size}). */
public enum ChartSize {
  /** A chart by itself. */
  SINGLE(520, 340),
  /** Along many steps or names. */
  WIDE(2 * SINGLE.width, SINGLE.height),
  /** A row and a column for the same names. */
  SQUARE(2 * SINGLE.height, 2 * SINGLE.height),
  /** One of three side by side, while something is trained. */
  PANEL(350, 280),
  /** One in the place of two of these. */
  WIDE_PANEL(2 * PANEL.width, PANEL.height),
  /** Below a lesson's cell. */
  LESSON(620, 320);

  private final int width;
  private final int height;

  ChartSize(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** In pixels as shown. */
  public int width() {
    return width;
  }

  /** In pixels as shown. */
  public int height() {
    return height;
  }
}
