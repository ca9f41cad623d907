package org.eglr.data;

import java.nio.file.Path;

/** Bad input: the message names the file, line, column and value at fault, and the remedy. */
public class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

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

  /** The value on one line of text: cut to 80 characters, control characters as '?'. */
  static String printable(String value) {
    if (value == null) {
      return "";
    }
    String shown = value.length() <= 80 ? value : value.substring(0, 77) + "...";
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
