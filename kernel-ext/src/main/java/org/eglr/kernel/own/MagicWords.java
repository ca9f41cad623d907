package org.eglr.kernel.own;

import java.util.ArrayList;
import java.util.List;

/** The words of a magic's line, with their places in it. */
public final class MagicWords {

  /**
   * A word.
   *
   * @param text without quotes and escapes
   * @param start where it begins in the line, its quote included
   * @param end behind its last character
   */
  public record Word(String text, int start, int end) {}

  private MagicWords() {}

  /** The words without their places. */
  public static List<String> texts(String line) {
    return split(line).stream().map(Word::text).toList();
  }

  /**
   * Splits at blanks. Double quotes keep blanks together, also in the middle of a word; a backslash
   * before a quote, a backslash or a blank takes away its meaning; other backslashes stand for
   * themselves. A quote that is not closed ends with the line.
   */
  public static List<Word> split(String line) {
    List<Word> words = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int start = -1;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (!quoted && Character.isWhitespace(c)) {
        if (start >= 0) {
          words.add(new Word(text.toString(), start, i));
          text.setLength(0);
          start = -1;
        }
        continue;
      }
      if (start < 0) {
        start = i;
      }
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && i + 1 < line.length() && "\"\\ ".indexOf(line.charAt(i + 1)) >= 0) {
        text.append(line.charAt(++i));
      } else {
        text.append(c);
      }
    }
    if (start >= 0) {
      words.add(new Word(text.toString(), start, line.length()));
    }
    return words;
  }
}
