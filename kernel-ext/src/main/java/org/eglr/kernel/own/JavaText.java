package org.eglr.kernel.own;

/** Text as a Java expression. */
final class JavaText {

  /** A constant of Java holds 65,535 bytes; a character may take three. */
  private static final int LONGEST = 16_000;

  private JavaText() {}

  /** An expression whose value is the text. */
  static String of(String text) {
    if (text.length() <= LONGEST) {
      return literal(text);
    }
    StringBuilder parts = new StringBuilder("String.join(\"\"");
    for (int i = 0; i < text.length(); i += LONGEST) {
      parts.append(',').append(literal(text.substring(i, Math.min(text.length(), i + LONGEST))));
    }
    return parts.append(')').toString();
  }

  private static String literal(String text) {
    StringBuilder java = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> java.append("\\\"");
        case '\\' -> java.append("\\\\");
        case '\n' -> java.append("\\n");
        case '\r' -> java.append("\\r");
        default -> {
          if (c >= ' ' && c < 127) {
            java.append(c);
          } else {
            java.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    return java.append('"').toString();
  }
}
