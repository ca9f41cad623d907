package org.eglr.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Impressions whose candidates stand in one cell become one row a candidate. */
final class ListCells {

  static final String ITEM = "item";
  static final String CLICKED = "clicked";

  private ListCells() {}

  static Table unpacked(Table impressions, String shown, String clicked) {
    TableColumn inView = new TableColumn(impressions, shown, "the items shown");
    TableColumn taken = new TableColumn(impressions, clicked, "the items clicked");
    List<Integer> rows = new ArrayList<>();
    StringColumn item = StringColumn.create(ITEM);
    BooleanColumn click = BooleanColumn.create(CLICKED);
    IntColumn place = IntColumn.create("shown_at");
    for (int row = 0; row < impressions.rowCount(); row++) {
      List<String> items = ids(inView.required(row));
      String picked = taken.category(row);
      Set<String> clicks = new HashSet<>(picked == null ? List.of() : ids(picked));
      for (int i = 0; i < items.size(); i++) {
        rows.add(row);
        item.append(items.get(i));
        click.append(clicks.contains(items.get(i)));
        place.append(i + 1);
      }
      clicks.removeAll(items);
      if (!clicks.isEmpty()) {
        throw taken.error(
            row,
            "names '%s', which '%s' does not; only what was shown can be clicked"
                .formatted(DataException.printable(clicks.iterator().next()), shown));
      }
    }
    int[] of = rows.stream().mapToInt(Integer::intValue).toArray();
    Table unpacked = Table.create(impressions.name());
    for (Column<?> column : impressions.columns()) {
      if (!column.name().equals(shown) && !column.name().equals(clicked)) {
        refuse(column.name(), item.name(), click.name(), place.name());
        unpacked.addColumns(column.subset(of));
      }
    }
    return unpacked.addColumns(item, place, click);
  }

  private static void refuse(String column, String... made) {
    if (Arrays.asList(made).contains(column)) {
      throw new DataException(
          "the table has a column '%s' already, which the candidates' rows get; rename it"
              .formatted(column));
    }
  }

  /** {@code [12 7]} as NumPy writes it, {@code ['a', 'b']} as Python does, or {@code 12 7}. */
  private static List<String> ids(String cell) {
    String inside = cell.strip();
    if (inside.startsWith("[") && inside.endsWith("]")) {
      inside = inside.substring(1, inside.length() - 1);
    }
    return Arrays.stream(inside.split("[\\s,]+"))
        .map(id -> id.replaceAll("^[\"']|[\"']$", ""))
        .filter(id -> !id.isEmpty())
        .toList();
  }
}
