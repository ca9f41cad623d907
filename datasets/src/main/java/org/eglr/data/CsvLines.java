package org.eglr.data;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rows of a large comma-separated file with a header, one by one: some of its columns, in the
 * order asked for. Nothing is kept of a row. Cells may be quoted; blanks around names and cells are
 * no part of them.
 */
final class CsvLines implements Closeable {

  private static final TextLimits LIMITS = new TextLimits(1L << 38, 1 << 30, 1 << 16);
  private static final int BETWEEN = 1 << 12;
  private static final Separator COMMAS = new Separator(",");

  private final Path file;
  private final ReadProgress progress;
  private final TextLines lines;
  private final String[] names;
  private final int[] places;
  private final int width;
  private final int[] from;
  private final int[] to;
  private String line;
  private long rows;

  private CsvLines(Path file, ReadProgress progress, TextLines lines, String[] asked) {
    this.file = file;
    this.progress = progress;
    this.lines = lines;
    String header = lines.next();
    List<String> found = found(header == null ? "" : header);
    names = new String[asked.length];
    places = new int[asked.length];
    List<String> absent = new ArrayList<>();
    for (int c = 0; c < asked.length; c++) {
      places[c] = -1;
      for (String name : asked[c].split("\\|")) {
        places[c] = places[c] < 0 ? found.indexOf(name) : places[c];
      }
      names[c] = places[c] < 0 ? asked[c] : found.get(places[c]);
      if (places[c] < 0) {
        absent.add(asked[c].replace("|", " or "));
      }
    }
    if (!absent.isEmpty()) {
      throw missing(header == null ? "" : header, absent, asked);
    }
    for (String name : names) {
      if (found.indexOf(name) != found.lastIndexOf(name)) {
        throw DataException.at(file, 1, "the header names '%s' twice".formatted(name));
      }
    }
    width = found.size();
    from = new int[width];
    to = new int[width];
  }

  /**
   * Opens a file and reads its header.
   *
   * @param columns what is read, by the header's names; "a|b" is the column a, or b where the file
   *     has no a
   * @throws DataException if the file cannot be read or a column is missing
   */
  static CsvLines open(Path file, ReadProgress progress, String... columns) {
    TextLines lines = TextLines.open(file, StandardCharsets.UTF_8, LIMITS);
    try {
      return new CsvLines(file, progress, lines, columns);
    } catch (RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private static List<String> found(String header) {
    return COMMAS.split(header).stream()
        .map(name -> name.strip().replaceAll("^\"|\"$", "").strip())
        .toList();
  }

  private DataException missing(String header, List<String> absent, String[] asked) {
    String problem =
        COMMAS
            .insteadIn(header, cells -> cells.stream().anyMatch(List.of(asked)::contains))
            .orElseGet(
                () ->
                    "the header lacks the column%s %s; it is '%s'. Is this the file as published, with its header?"
                        .formatted(
                            absent.size() > 1 ? "s" : "",
                            String.join(", ", absent),
                            DataException.printable(header)));
    return DataException.at(file, 1, problem);
  }

  /**
   * Goes to the next row; false after the last one.
   *
   * @throws DataException if the row has not the header's columns, or the thread was interrupted
   */
  boolean next() {
    if ((rows & (BETWEEN - 1)) == 0) {
      if (Thread.currentThread().isInterrupted()) {
        throw TextLines.stopped(file);
      }
      progress.at(file, lines.bytes(), rows);
    }
    line = lines.nextFilled();
    if (line == null) {
      if (rows == 0) {
        throw new DataException(
            file.getFileName() + " has a header but no rows; is it cut off? Fetch it again");
      }
      progress.end(file, lines.bytes(), rows);
      return false;
    }
    rows++;
    split();
    return true;
  }

  private void split() {
    boolean quotes = line.indexOf('"') >= 0;
    int column = 0;
    int at = 0;
    while (true) {
      int end = quotes ? quotedEnd(at, column) : line.indexOf(',', at);
      end = end < 0 ? line.length() : end;
      if (column < width) {
        from[column] = at;
        to[column] = end;
      }
      column++;
      if (end == line.length()) {
        break;
      }
      at = end + 1;
    }
    if (column != width) {
      throw DataException.at(
          file,
          lines.number(),
          "%d columns; the header has %d. The file may be cut off, or a text with commas not quoted"
              .formatted(column, width));
    }
  }

  /** Where the cell that begins here ends: at the comma behind its closing quote. */
  private int quotedEnd(int at, int column) {
    if (at == line.length() || line.charAt(at) != '"') {
      return line.indexOf(',', at);
    }
    int close = line.indexOf('"', at + 1);
    while (close >= 0 && close + 1 < line.length() && line.charAt(close + 1) == '"') {
      close = line.indexOf('"', close + 2);
    }
    if (close < 0 || close + 1 < line.length() && line.charAt(close + 1) != ',') {
      throw DataException.at(
          file,
          lines.number(),
          "column %d, '%s': the quote is not closed at the cell's end"
              .formatted(column + 1, DataException.printable(line.substring(at))));
    }
    return close + 1;
  }

  /** Number of the line in the file; the header is 1. */
  int number() {
    return lines.number();
  }

  /** The text of a cell, without quotes and the blanks around it. */
  String text(int column) {
    String cell = line.substring(from[places[column]], to[places[column]]).strip();
    return cell.length() > 1 && cell.charAt(0) == '"'
        ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"").strip()
        : cell;
  }

  /** The text of a category: "2.0" is "2", and an empty cell or NULL is null. */
  String category(int column) {
    String cell = text(column);
    if (isMissing(cell)) {
      return null;
    }
    return cell.endsWith(".0") && cell.chars().limit(cell.length() - 2L).allMatch(CsvLines::isDigit)
        ? cell.substring(0, cell.length() - 2)
        : cell;
  }

  private static boolean isMissing(String cell) {
    return cell.isEmpty() || cell.equalsIgnoreCase("NULL") || cell.equalsIgnoreCase("NaN");
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  /**
   * A whole number.
   *
   * @param least 0 or more
   * @param most the largest value allowed
   */
  long whole(int column, long least, long most) {
    int at = from[places[column]];
    int end = to[places[column]];
    long value = 0;
    boolean plain = at < end && end - at <= 18;
    for (int i = at; plain && i < end; i++) {
      int digit = line.charAt(i) - '0';
      plain = digit >= 0 && digit <= 9;
      value = 10 * value + digit;
    }
    value = plain ? value : otherWhole(column);
    if (value < least || value > most) {
      throw error(
          column, String.format(Locale.ROOT, "is no whole number within %,d and %,d", least, most));
    }
    return value;
  }

  /** A whole number that is written with blanks, a sign or as 12.0; -1 for none. */
  private long otherWhole(int column) {
    String cell = text(column);
    try {
      return Long.parseLong(cell.replaceFirst("\\.0+$", ""));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Whether a cell is 1 rather than 0. */
  boolean flag(int column) {
    int at = from[places[column]];
    if (to[places[column]] - at == 1 && (line.charAt(at) & ~1) == '0') {
      return line.charAt(at) == '1';
    }
    long value = otherWhole(column);
    if (value != 0 && value != 1) {
      throw error(column, "is neither 0 nor 1");
    }
    return value == 1;
  }

  /** A finite number; NaN where the cell is empty or NULL. */
  double number(int column) {
    String cell = text(column);
    if (isMissing(cell)) {
      return Double.NaN;
    }
    if (!TableColumn.isNumber(cell)) {
      throw error(column, "is no number; an empty cell or NULL is a missing one");
    }
    return Double.parseDouble(cell);
  }

  /** An error at a cell of the row, with its line and value. */
  DataException error(int column, String problem) {
    return DataException.at(file, lines.number(), names[column], text(column), problem);
  }

  @Override
  public void close() {
    lines.close();
  }
}
