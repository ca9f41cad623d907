package org.eglr.metrics;

/** Cells of comma-separated files (RFC 4180). */
public final class Csv {

  private Csv() {}

  /**
   * The text as one cell: in quotes, its own quotes doubled, where a reader would otherwise take a
   * part of it for the end of the cell or of the line, or cut off blanks.
   */
  public static String cell(String text) {
    boolean plain = text.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain && text.equals(text.strip()) ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
