package org.eglr.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** One column of a table of own data; its errors name the row, counted from 1. */
final class TableColumn {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

  private final String table;
  private final Column<?> column;

  /**
   * @param role what the column is for, for messages
   * @throws DataException if the table has no such column
   */
  TableColumn(Table table, String name, String role) {
    this.table = table.name();
    if (!table.containsColumn(name)) {
      throw new DataException(
          "%s has no column '%s' (%s); its columns are %s"
              .formatted(
                  table.name(),
                  DataException.printable(name),
                  role,
                  String.join(", ", names(table))));
    }
    this.column = table.column(name);
  }

  private static Iterable<String> names(Table table) {
    return table.columnNames().stream().limit(40).map(DataException::printable).toList();
  }

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  String name() {
    return column.name();
  }

  ColumnType type() {
    return column.type();
  }

  boolean missing(int row) {
    return column.isMissing(row);
  }

  /** Whether values are real numbers, so that the field is dense unless declared otherwise. */
  boolean real() {
    return type() == ColumnType.DOUBLE || type() == ColumnType.FLOAT;
  }

  boolean whole() {
    return type() == ColumnType.INTEGER || type() == ColumnType.LONG || type() == ColumnType.SHORT;
  }

  /** The value as a category; null where it is missing. */
  String category(int row) {
    return missing(row) ? null : Missing.category(column.get(row));
  }

  /** The value as a category; a missing one is an error. */
  String required(int row) {
    String text = category(row);
    if (text == null) {
      throw error(row, "is empty; every row needs a value here");
    }
    return text;
  }

  /** The value as a finite number; NaN where it is missing. */
  double number(int row) {
    if (missing(row)) {
      return Double.NaN;
    }
    double value;
    if (column instanceof NumericColumn<?> numbers) {
      value = numbers.getDouble(row);
    } else if (column instanceof BooleanColumn flags) {
      value = flags.get(row) ? 1 : 0;
    } else {
      String text = column.get(row).toString().strip();
      if (!isNumber(text)) {
        throw error(row, "is not a number; write it with a point and without separators");
      }
      value = Double.parseDouble(text);
    }
    if (!Double.isFinite(value)) {
      throw error(row, "is not finite; leave the cell empty where it is not known");
    }
    return value;
  }

  /** Whether the row is marked: true or false, 1 or 0, yes or no; a missing value is an error. */
  boolean flag(int row) {
    String text = required(row).strip();
    if (text.equals("1") || text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes")) {
      return true;
    }
    if (text.equals("0") || text.equalsIgnoreCase("false") || text.equalsIgnoreCase("no")) {
      return false;
    }
    if (isNumber(text) && (Double.parseDouble(text) == 0 || Double.parseDouble(text) == 1)) {
      return Double.parseDouble(text) == 1;
    }
    throw error(
        row,
        "is no click; allowed are 1 and 0, true and false. For grades give the least that counts: clicked(\"%s\", 4)"
            .formatted(name()));
  }

  /** A moment as a number that only orders; null where it is missing. */
  Double moment(int row) {
    if (missing(row)) {
      return null;
    }
    Object value = column.get(row);
    if (value instanceof Instant instant) {
      return seconds(instant);
    }
    if (value instanceof LocalDateTime time) {
      return seconds(time.toInstant(ZoneOffset.UTC));
    }
    if (value instanceof LocalDate date) {
      return (double) date.toEpochDay() * 86_400;
    }
    String text = value.toString().strip();
    return value instanceof Number || isNumber(text) ? Double.valueOf(number(row)) : iso(row, text);
  }

  private double iso(int row, String text) {
    String time = text.replaceFirst("(?<=\\d) (?=\\d)", "T");
    try {
      if (time.indexOf('T') < 0) {
        return (double) LocalDate.parse(time).toEpochDay() * 86_400;
      }
      return time.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
          ? seconds(OffsetDateTime.parse(time).toInstant())
          : seconds(LocalDateTime.parse(time).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw error(
          row,
          "is no time; allowed are numbers and ISO 8601, such as 2024-05-01 or 2024-05-01T09:30:00");
    }
  }

  private static double seconds(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / 1e9;
  }

  /** An error at a row of the table. */
  DataException error(int row, String problem) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s, row %,d, column '%s': '%s' %s",
            table,
            row + 1,
            DataException.printable(name()),
            DataException.printable(missing(row) ? "" : String.valueOf(column.get(row))),
            problem));
  }
}
