package org.eglr.kernel.own;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that a definition uses and nothing defines.
 *
 * @param what kind and name: {@code method twicee(int)}
 * @param line of the definition's source on which it is used first, from 1; 0 if it is not found
 */
record MissingName(String what, int line) {

  /** Comments and texts, in which names mean nothing. */
  private static final Pattern NO_CODE =
      Pattern.compile(
          "//[^\n]*|/\\*(?s:.*?)\\*/|\"\"\"(?s:\\\\.|.)*?\"\"\"|\"(\\\\.|[^\"\\\\\n])*\"|'(\\\\.|[^'\\\\\n])+'");

  /** Packages of a parameter's type, those in which JShell keeps a cell's own classes included. */
  private static final Pattern PACKAGES =
      Pattern.compile("REPL\\.\\$JShell\\$\\w+\\.|([a-z]\\w*\\.)+");

  /** Reads what JShell says: {@code method twicee(int)}, {@code class Foo}, {@code variable x}. */
  static MissingName of(String text, String source) {
    int blank = text.indexOf(' ');
    String kind = text.substring(0, blank);
    String name = text.substring(blank + 1);
    int open = name.indexOf('(');
    String bare = open < 0 ? name : name.substring(0, open);
    String end = kind.equals("method") ? "\\s*\\(" : "(?![\\w$])";
    String code = code(source);
    Matcher use =
        Pattern.compile("(?<![\\w$.])" + Pattern.quote(bare) + end + "(\\s*(?:\\.|::))?")
            .matcher(code);
    boolean found = use.find();
    boolean qualifies = found && kind.equals("variable") && use.group(1) != null;
    String types =
        open < 0
            ? ""
            : PACKAGES.matcher(name.substring(open)).replaceAll("").replace("<nulltype>", "null");
    int line = found ? 1 + lines(code.substring(0, use.start())) : 0;
    return new MissingName(kind + (qualifies ? " or class " : " ") + bare + types, line);
  }

  /**
   * As a sentence names it.
   *
   * @param first the line of the cell on which the definition begins; 0 to say no line
   */
  String text(int first) {
    return first > 0 && line > 0 ? "%s (line %d)".formatted(what, first + line - 1) : what;
  }

  private static String code(String source) {
    return NO_CODE.matcher(source).replaceAll(text -> "\n".repeat(lines(text.group())) + " ");
  }

  static int lines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }
}
