package org.eglr.data;

import tech.tablesaw.api.ColumnType;

/**
 * The declared schema of one column of a text file.
 *
 * @param name what messages and the table call it
 * @param type the type of its cells; {@link ColumnType#SKIP} for a column that is not kept
 * @param required whether an empty cell is an error
 */
record FileColumn(String name, ColumnType type, boolean required) {

  static FileColumn required(String name, ColumnType type) {
    return new FileColumn(name, type, true);
  }

  static FileColumn optional(String name, ColumnType type) {
    return new FileColumn(name, type, false);
  }

  static FileColumn skipped(String name) {
    return new FileColumn(name, ColumnType.SKIP, false);
  }

  /** Whether it is kept. */
  boolean read() {
    return type != ColumnType.SKIP;
  }

  boolean numeric() {
    return whole() || type == ColumnType.DOUBLE;
  }

  boolean whole() {
    return type == ColumnType.INTEGER || type == ColumnType.LONG;
  }

  /** The largest value of a column of whole numbers; the least one is its negative. */
  long most() {
    return type == ColumnType.LONG ? Long.MAX_VALUE : Integer.MAX_VALUE;
  }
}
