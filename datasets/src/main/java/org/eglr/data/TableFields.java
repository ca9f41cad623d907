package org.eglr.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

/** The columns that describe users or items, and how each enters a model. */
final class TableFields {

  private static final Set<ColumnType> CATEGORIES =
      Set.of(
          ColumnType.STRING,
          ColumnType.BOOLEAN,
          ColumnType.INTEGER,
          ColumnType.LONG,
          ColumnType.SHORT);

  final List<TableColumn> categorical = new ArrayList<>();
  final List<TableColumn> dense = new ArrayList<>();

  /**
   * @param whose "user fields" or "item fields", for messages
   */
  TableFields(Table table, TableRoles roles, List<String> names, String whose) {
    for (String name : names) {
      TableColumn column = new TableColumn(table, name, whose);
      boolean amounts =
          roles.dense.contains(name) || column.real() && !roles.categorical.contains(name);
      if (!amounts && !CATEGORIES.contains(column.type()) && !column.real()) {
        throw new DataException(
            "%s, column '%s' is of type %s; fields are text, numbers or switches: make it one of them, the hour of a time for instance"
                .formatted(table.name(), name, column.type()));
      }
      (amounts ? dense : categorical).add(column);
    }
  }

  /** What a row says of all fields: equal for rows that describe the same. */
  List<Object> values(int row) {
    List<Object> values = new ArrayList<>(categorical.size() + dense.size());
    categorical.forEach(column -> values.add(String.valueOf(column.category(row))));
    dense.forEach(column -> values.add(column.number(row)));
    return values;
  }

  /** The columns in the order of {@link #values}. */
  TableColumn column(int index) {
    return index < categorical.size()
        ? categorical.get(index)
        : dense.get(index - categorical.size());
  }
}
