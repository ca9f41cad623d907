package org.eglr.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/** What the rows of one list say: the order they were shown in, clicks, time and utility. */
final class TableRows {

  private final TableColumn clicked;
  private final Double clickedAt;
  private final TableColumn position;
  private final TableColumn time;
  private final Map<TableColumn, Double> utility;

  TableRows(Table table, TableRoles roles) {
    clicked = new TableColumn(table, roles.clicked, "the click");
    clickedAt = roles.clickedAt;
    position =
        roles.position == null ? null : new TableColumn(table, roles.position, "the position");
    time = roles.time == null ? null : new TableColumn(table, roles.time, "the time");
    utility =
        roles.utility.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> new TableColumn(table, entry.getKey(), "the utility"),
                    Map.Entry::getValue));
  }

  /** The rows shown, in display order. */
  int[] shown(List<Integer> group) {
    if (position == null) {
      return group.stream().mapToInt(Integer::intValue).toArray();
    }
    List<Integer> shown =
        group.stream()
            .filter(row -> !position.missing(row))
            .sorted(Comparator.comparingDouble(position::number))
            .toList();
    for (int i = 1; i < shown.size(); i++) {
      if (position.number(shown.get(i)) == position.number(shown.get(i - 1))) {
        throw position.error(
            shown.get(i),
            "is the position of row %,d of the same list, too; leave it empty where an item was not shown"
                .formatted(shown.get(i - 1) + 1));
      }
    }
    return shown.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The rows shown, and behind them the others, in the table's order. */
  int[] withOthers(int[] shown, List<Integer> group) {
    int[] all = Arrays.copyOf(shown, group.size());
    int next = shown.length;
    for (int row : group) {
      if (position != null && position.missing(row)) {
        all[next++] = row;
      }
    }
    return all;
  }

  /** One flag a shown row; no other may be clicked. */
  boolean[] clicks(int[] rows, int shown) {
    boolean[] clicks = new boolean[shown];
    for (int i = 0; i < rows.length; i++) {
      boolean click = (i < shown || !clicked.missing(rows[i])) && isClicked(rows[i]);
      if (i < shown) {
        clicks[i] = click;
      } else if (click) {
        throw clicked.error(
            rows[i],
            "is a click on an item that was not shown: column '%s' is empty there; give it a position"
                .formatted(position.name()));
      }
    }
    return clicks;
  }

  private boolean isClicked(int row) {
    if (clickedAt == null) {
      return clicked.flag(row);
    }
    clicked.required(row);
    return clicked.number(row) >= clickedAt;
  }

  /** When the list was shown: what its first row with a time says. */
  double time(List<Integer> group, int number) {
    if (time == null) {
      return number;
    }
    for (int row : group) {
      Double moment = time.moment(row);
      if (moment != null) {
        return moment;
      }
    }
    throw time.error(group.get(0), "is empty, as in all rows of its list; a list needs a time");
  }

  float utility(int[] shown) {
    if (utility.isEmpty()) {
      int count = 0;
      for (int row : shown) {
        count += isClicked(row) ? 1 : 0;
      }
      return count;
    }
    double sum = 0;
    for (Map.Entry<TableColumn, Double> part : utility.entrySet()) {
      for (int row : shown) {
        double value = part.getKey().number(row);
        if (value < 0) {
          throw part.getKey().error(row, "is below 0; a utility is at least 0");
        }
        sum += Double.isNaN(value) ? 0 : part.getValue() * value;
      }
    }
    return (float) sum;
  }
}
