package org.eglr.spark;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The lists and errors that cutting gives, until they are asked for. */
final class CutOutput {

  private final double unit; // 0: clicks are counted
  private final Deque<Row> ready = new ArrayDeque<>();
  private int number;

  /**
   * @param unit values that make a utility of 1; 0 where the utility is the number of clicks
   */
  CutOutput(double unit) {
    this.unit = unit;
  }

  /** Another user or list begins. */
  void begin() {
    number = 0;
  }

  boolean isEmpty() {
    return ready.isEmpty();
  }

  Row next() {
    return ready.remove();
  }

  /**
   * A list of a user, which has the next number.
   *
   * @param first the earliest of its impressions: it tells user and time
   */
  Row list(Row first, Collection<HeldItem> items) {
    String name = first.get(LogRow.KEY) + "/" + number++;
    boolean[] clicks = new boolean[items.size()];
    int i = 0;
    for (HeldItem item : items) {
      clicks[i++] = item.clicked;
    }
    return list(name, first, items, clicks);
  }

  /**
   * A list.
   *
   * @param name its id
   * @param items the candidates, those shown first
   * @param clicks one an item shown
   */
  Row list(Object name, Row first, Collection<HeldItem> items, boolean[] clicks) {
    Row[] candidates = items.stream().map(item -> item.candidate).toArray(Row[]::new);
    double utility = 0;
    int i = 0;
    for (HeldItem item : items) {
      boolean click = i < clicks.length && clicks[i++];
      utility += unit == 0 ? (click ? 1 : 0) : item.value;
    }
    return RowFactory.create(
        name,
        first.get(LogRow.USER),
        first.get(LogRow.USER_FIELDS),
        candidates,
        clicks,
        (double) (float) (unit == 0 ? utility : utility / unit), // as one machine keeps it
        first.get(LogRow.TIME),
        null);
  }

  /** Whether an impression becomes part of no list; then its problem is an error. */
  boolean refuses(Row impression) {
    boolean refused = !impression.isNullAt(LogRow.PROBLEM);
    if (refused) {
      error(null, impression, impression.getString(LogRow.PROBLEM));
    }
    return refused;
  }

  void add(Row list) {
    ready.add(list);
  }

  /**
   * Something that becomes no list.
   *
   * @param name the list's id; null where rows do not name their lists
   * @param at tells user and time
   */
  void error(Object name, Row at, String what) {
    ready.add(
        RowFactory.create(
            name, at.get(LogRow.USER), null, null, null, null, at.get(LogRow.TIME), what));
  }
}
