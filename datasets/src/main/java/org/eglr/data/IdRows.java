package org.eglr.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rows of a table in ascending order of their whole-number ids, so that the same data in
 * another order of lines make the same log.
 */
final class IdRows {

  private final String column;
  private final FileTable table;
  private final int[] rows;
  private final Map<Long, Integer> places = new HashMap<>();

  private IdRows(FileTable table, String column) {
    this.table = table;
    this.column = column;
    this.rows =
        IntStream.range(0, table.size())
            .boxed()
            .sorted(Comparator.comparingLong(row -> table.whole(column, row)))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Orders a table; refuses an id that stands twice. */
  static IdRows of(FileTable table, String column) {
    IdRows ids = new IdRows(table, column);
    for (int place = 0; place < ids.rows.length; place++) {
      int row = ids.rows[place];
      Integer first = ids.places.putIfAbsent(table.whole(column, row), place);
      if (first != null) {
        throw table.error(
            row,
            column,
            "stands in line %d already; ids must be distinct"
                .formatted(table.line(ids.rows[first])));
      }
    }
    return ids;
  }

  /** The table's rows in the order of the ids. */
  int[] rows() {
    return rows;
  }

  String[] keys() {
    return Arrays.stream(rows)
        .mapToObj(row -> Long.toString(table.whole(column, row)))
        .toArray(String[]::new);
  }

  /** Place of an id; -1 if it has none. */
  int find(long id) {
    return places.getOrDefault(id, -1);
  }

  /** Place of an id that another table's row refers to. */
  int place(FileTable other, int row) {
    Integer place = places.get(other.whole(column, row));
    if (place == null) {
      throw other.error(
          row, column, "is not in %s; the files do not belong together".formatted(name()));
    }
    return place;
  }

  private String name() {
    return table.file().getFileName().toString();
  }
}
