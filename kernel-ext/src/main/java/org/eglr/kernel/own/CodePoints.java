package org.eglr.kernel.own;

/** Jupyter counts a cursor's place in code points, Java in UTF-16 units. */
public final class CodePoints {

  private CodePoints() {}

  /** The index in Java of a place that Jupyter tells; one beyond the text is its end. */
  public static int index(String text, int codePoints) {
    int within = Math.max(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    return text.offsetByCodePoints(0, within);
  }

  /** The place to tell Jupyter for an index in Java. */
  public static int count(String text, int index) {
    return text.codePointCount(0, Math.max(0, Math.min(index, text.length())));
  }
}
