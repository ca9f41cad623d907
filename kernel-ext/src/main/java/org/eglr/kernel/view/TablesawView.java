package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A Tablesaw table: its first rows and columns. */
public final class TablesawView {

  private static final int ROWS = 20;
  private static final int COLUMNS = 20;
  private static final int CELL = 200;

  private TablesawView() {}

  public static TableView of(Table table) {
    return of(table, ROWS);
  }

  /**
   * The first rows.
   *
   * @param limit most rows shown
   */
  public static TableView of(Table table, int limit) {
    List<Column<?>> shown = table.columns().subList(0, Math.min(COLUMNS, table.columnCount()));
    TableView view = new TableView(table.name() == null ? "" : table.name());
    for (Column<?> column : shown) {
      if (column instanceof NumericColumn && !(column instanceof BooleanColumn)) {
        view.number(column.name());
      } else {
        view.text(column.name());
      }
    }
    for (int row = 0; row < Math.min(limit, table.rowCount()); row++) {
      List<String> cells = new ArrayList<>();
      for (Column<?> column : shown) {
        cells.add(cell(column, row));
      }
      view.row(cells);
    }
    if (table.rowCount() > limit || table.columnCount() > shown.size()) {
      view.note(
          "%s of %s rows, %s of %s columns"
              .formatted(
                  Numbers.show(Math.min(limit, table.rowCount())),
                  Numbers.show(table.rowCount()),
                  Numbers.show(shown.size()),
                  Numbers.show(table.columnCount())));
    }
    return view;
  }

  private static String cell(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return "–";
    }
    Object value = column.get(row);
    String text =
        value instanceof Double || value instanceof Float
            ? Numbers.show(((Number) value).doubleValue())
            : String.valueOf(value);
    return text.length() <= CELL ? text : text.substring(0, CELL - 1) + "…";
  }
}
