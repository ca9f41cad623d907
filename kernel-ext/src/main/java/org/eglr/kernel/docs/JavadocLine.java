package org.eglr.kernel.docs;

/** A Javadoc comment's description in one line of Markdown. */
final class JavadocLine {

  private JavadocLine() {}

  static String of(String comment) {
    return comment
        .replaceAll("(?m)^\\s*\\* ?", "")
        .replaceAll("(?s)\\n\\s*@(param|return|throws).*", "")
        .replaceAll("(?s)<pre>.*?</pre>", "")
        .replaceAll("\\{@(?:code|literal) ([^}]*)}", "`$1`")
        .replaceAll("\\{@link(?:plain)? #?[^\\s}]+ ([^}]*)}", "`$1`")
        .replaceAll("\\{@link(?:plain)? #?([^}]*)}", "`$1`")
        .replaceAll("</?p>", " ")
        .replace("|", "\\|")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
