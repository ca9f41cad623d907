package org.eglr.kernel.view;

/** Pieces of HTML. Colours come from the page, so that they suit light and dark themes. */
public final class Html {

  private Html() {}

  /** Text that is safe between tags and in attributes. */
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        // Left alone, two dollar signs in a cell would be read as a formula.
        case '$' -> safe.append("&#36;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /** A remark below a table. */
  public static String note(String text) {
    return "<div style=\"opacity:.75;margin:.2em 0\">" + escape(text) + "</div>";
  }
}
