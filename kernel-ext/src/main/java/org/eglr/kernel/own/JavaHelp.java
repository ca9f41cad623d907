package org.eglr.kernel.own;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import org.eglr.kernel.Content;

/** What Shift-Tab shows on Java code: signatures, and the Javadoc of whatever has sources here. */
public final class JavaHelp {

  private static final int MOST_SHOWN = 12; // overloads

  private final SourceCodeAnalysis analysis;
  private final List<Path> sources;
  private boolean attached;

  /** With the sources that lie beside the jars of this JVM's class path. */
  public JavaHelp(SourceCodeAnalysis analysis) {
    this(analysis, JavadocSources.of(System.getProperty("java.class.path")));
  }

  JavaHelp(SourceCodeAnalysis analysis, List<Path> sources) {
    this.analysis = analysis;
    this.sources = List.copyOf(sources);
  }

  /**
   * Help on the name at the cursor.
   *
   * @param code Java, without magics
   * @param cursor index of the character at the cursor
   * @return empty if JShell knows nothing of it
   */
  public Optional<Content> inspect(String code, int cursor) {
    if (!attached) {
      attached = true;
      JavadocSources.add(analysis, sources);
    }
    int end = end(code, cursor);
    List<Documentation> found = analysis.documentation(code, end, true);
    if (found.isEmpty()) { // JShell looks for a method only where its arguments begin.
      found = analysis.documentation(code.substring(0, end) + "(", end + 1, true);
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(content(found.subList(0, Math.min(found.size(), MOST_SHOWN)), found.size()));
  }

  /** Behind the word at the cursor, or behind the parenthesis that opens its arguments. */
  private static int end(String code, int cursor) {
    int end = Math.max(0, Math.min(cursor, code.length()));
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    int next = end;
    while (next < code.length() && Character.isWhitespace(code.charAt(next))) {
      next++;
    }
    return next < code.length() && code.charAt(next) == '(' ? next + 1 : end;
  }

  private static Content content(List<Documentation> shown, int all) {
    StringBuilder html = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (Documentation one : shown) {
      JavadocText javadoc = JavadocText.of(one.javadoc() == null ? "" : one.javadoc());
      String gap = text.isEmpty() ? "" : "\n\n";
      text.append(gap).append(one.signature()).append(javadoc.plain().isEmpty() ? "" : "\n\n");
      text.append(javadoc.plain());
      html.append("<div style=\"margin:.4em 0 .8em\"><div><b><code>");
      html.append(JavadocText.escape(one.signature())).append("</code></b></div>");
      html.append(javadoc.html()).append("</div>");
    }
    if (shown.size() < all) {
      String rest = "and " + (all - shown.size()) + " more";
      text.append("\n\n").append(rest);
      html.append("<div>").append(rest).append("</div>");
    }
    return Content.html(html.toString(), text.toString());
  }
}
