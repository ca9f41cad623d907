package org.eglr.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Row;

/** The rows that name one list: those shown come first, in the order of their positions. */
final class NamedListCut implements GroupCut {

  private final int longest;
  private final boolean dated;
  private final CutOutput out;
  private final List<Row> rows = new ArrayList<>();
  private String error;

  NamedListCut(int longest, boolean dated, CutOutput out) {
    this.longest = longest;
    this.dated = dated;
    this.out = out;
  }

  @Override
  public void add(Row impression) {
    if (rows.size() < LogRow.MOST_ITEMS) {
      rows.add(impression);
    } else {
      error =
          String.format(
              Locale.ROOT,
              "a list of more than %,d rows; is it the column of the lists?",
              LogRow.MOST_ITEMS);
    }
  }

  @Override
  public void end() {
    Row first = rows.get(0);
    Object name = first.get(LogRow.KEY);
    List<Row> shown = rows.stream().filter(row -> row.getBoolean(LogRow.SHOWN)).toList();
    error = error == null ? problem(first, shown) : error;
    if (error != null) {
      out.error(name, first, error);
      return;
    }
    int length = Math.min(longest, shown.size());
    List<HeldItem> items = new ArrayList<>();
    boolean[] clicks = new boolean[length];
    for (int i = 0; i < length; i++) {
      items.add(new HeldItem(shown.get(i)));
      clicks[i] = items.get(i).clicked;
    }
    for (Row row : rows) {
      if (!row.getBoolean(LogRow.SHOWN)) {
        items.add(new HeldItem(row));
      }
    }
    out.add(out.list(name, earliest(), items, clicks));
  }

  /** All rows are of one user; the first that has a time, by time, tells when. */
  private Row earliest() {
    Row earliest = null;
    for (Row row : rows) {
      boolean dated = !row.isNullAt(LogRow.TIME);
      if (earliest == null
          || dated
              && (earliest.isNullAt(LogRow.TIME)
                  || row.getLong(LogRow.TIME) < earliest.getLong(LogRow.TIME))) {
        earliest = row;
      }
    }
    return earliest;
  }

  private String problem(Row first, List<Row> shown) {
    Set<String> items = new HashSet<>();
    for (Row row : rows) {
      if (!row.isNullAt(LogRow.PROBLEM)) {
        return row.getString(LogRow.PROBLEM);
      }
      String item = row.getString(LogRow.ITEM);
      if (!items.add(item)) {
        return "item '%s' stands in the list twice; a list holds an item once".formatted(item);
      }
      if (!Objects.equals(row.get(LogRow.USER), first.get(LogRow.USER))
          || !Objects.equals(row.get(LogRow.USER_FIELDS), first.get(LogRow.USER_FIELDS))) {
        return "rows differ in the user or a field of the user; a list has one user";
      }
      if (!row.getBoolean(LogRow.SHOWN) && row.getBoolean(LogRow.CLICKED)) {
        return "a click on item '%s', which was not shown: it has no position".formatted(item);
      }
    }
    for (int i = 1; i < shown.size(); i++) {
      Object position = shown.get(i).get(LogRow.POSITION);
      if (position != null && position.equals(shown.get(i - 1).get(LogRow.POSITION))) {
        return "two rows with the position %s; leave it empty where an item was not shown"
            .formatted(position);
      }
    }
    if (dated && earliest().isNullAt(LogRow.TIME)) {
      return "no row has a time; a list needs one";
    }
    return shown.size() < 2
        ? "%d items shown; nothing can be re-ranked there".formatted(shown.size())
        : null;
  }
}
