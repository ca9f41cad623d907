package org.eglr.data;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bad input: the message names the file, line, column and value at fault, and the remedy. */
public class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Control and format characters, halves of a pair, and blanks other than the usual one. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}&&[^ ]]");

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * An error at one cell of a file.
   *
   * @param line 1-based line in the file
   * @param column the column's name
   * @param value the text found there
   * @param problem what is wrong with it and what is allowed
   */
  public static DataException at(
      Path file, long line, String column, String value, String problem) {
    return new DataException(
        "%s, line %d, column '%s': '%s' %s"
            .formatted(file.getFileName(), line, column, printable(value), problem));
  }

  /**
   * An error of a whole line of a file.
   *
   * @param line 1-based line in the file
   * @param problem what is wrong with it and what is allowed
   */
  public static DataException at(Path file, long line, String problem) {
    return new DataException("%s, line %d: %s".formatted(file.getFileName(), line, problem));
  }

  /**
   * The value on one line of text: cut to 80 characters, and what cannot be seen written as in
   * Java, a tab as {@code \t} and a byte order mark as its number.
   */
  static String printable(String value) {
    if (value == null) {
      return "";
    }
    String shown = value.length() <= 80 ? value : value.substring(0, 77) + "...";
    return INVISIBLE
        .matcher(shown)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group().equals("\t")
                        ? "\\t"
                        : "\\u%04X".formatted(found.group().codePointAt(0))));
  }
}
