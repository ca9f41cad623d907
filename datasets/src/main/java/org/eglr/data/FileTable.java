package org.eglr.data;

import java.nio.file.Path;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * A table read from a file, which knows the line of each of its rows.
 *
 * @param file where it was read from
 * @param table its rows
 * @param firstLine line of row 0 in the file
 */
record FileTable(Path file, Table table, int firstLine) {

  int size() {
    return table.rowCount();
  }

  long line(int row) {
    return firstLine + (long) row;
  }

  /** A whole number; only of a required column, where none is missing. */
  int integer(String column, int row) {
    return ((IntColumn) table.column(column)).getInt(row);
  }

  /** A whole number of up to 64 bits; only of a required column of type LONG. */
  long whole(String column, int row) {
    return ((LongColumn) table.column(column)).getLong(row);
  }

  /** A number of an integer or real column; NaN where the cell is empty. */
  double number(String column, int row) {
    return table.column(column).isMissing(row)
        ? Double.NaN
        : table.numberColumn(column).getDouble(row);
  }

  /** The text of a cell; null where it is empty. */
  String text(String column, int row) {
    return table.column(column).isMissing(row) ? null : table.stringColumn(column).get(row);
  }

  /** An error at a cell, with its line and value. */
  DataException error(int row, String column, String problem) {
    return DataException.at(
        file, line(row), column, table.column(column).getUnformattedString(row), problem);
  }
}
