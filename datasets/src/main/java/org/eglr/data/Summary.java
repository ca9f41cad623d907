package org.eglr.data;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A log in a few numbers.
 *
 * @param name the log's name
 * @param users users with at least one list
 * @param items items that are a candidate of at least one list
 * @param lists number of lists
 * @param clickRate clicks per item shown, 0 to 1
 * @param utility mean utility of a list (eq. 16)
 * @param length items shown per list
 * @param pool candidates per list
 */
public record Summary(
    String name,
    int users,
    int items,
    int lists,
    double clickRate,
    double utility,
    Range length,
    Range pool) {

  /** The least, the mean and the most of a count. */
  public record Range(int least, double mean, int most) {

    @Override
    public String toString() {
      return least == most
          ? Integer.toString(least)
          : String.format(Locale.ROOT, "%d to %d, mean %.1f", least, most, mean);
    }
  }

  static Summary of(ListLog log) {
    BitSet users = new BitSet();
    BitSet items = new BitSet();
    long shown = 0;
    long clicks = 0;
    long candidates = 0;
    double utility = 0;
    int[] length = {Integer.MAX_VALUE, 0};
    int[] pool = {Integer.MAX_VALUE, 0};
    for (int list = 0; list < log.size(); list++) {
      users.set(log.user(list));
      utility += log.utility(list);
      shown += log.length(list);
      candidates += log.pool(list);
      widen(length, log.length(list));
      widen(pool, log.pool(list));
      for (int i = 0; i < log.pool(list); i++) {
        items.set(log.candidate(list, i));
        clicks += log.clicked(list, i) ? 1 : 0;
      }
    }
    double lists = log.size();
    return new Summary(
        log.name(),
        users.cardinality(),
        items.cardinality(),
        log.size(),
        clicks / (double) shown,
        utility / lists,
        new Range(length[0], shown / lists, length[1]),
        new Range(pool[0], candidates / lists, pool[1]));
  }

  /** The numbers as a table of two columns, what and value. */
  public Table toTable() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("users", format("%,d", users));
    rows.put("items", format("%,d", items));
    rows.put("lists", format("%,d", lists));
    rows.put("items shown per list", length.toString());
    rows.put("candidates per list", pool.toString());
    rows.put("click rate", format("%.1f %%", 100 * clickRate));
    rows.put("mean utility of a list", format("%.2f", utility));
    return Table.create(
        name,
        StringColumn.create("what", rows.keySet()),
        StringColumn.create("value", rows.values()));
  }

  private static String format(String pattern, Object value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  private static void widen(int[] range, int value) {
    range[0] = Math.min(range[0], value);
    range[1] = Math.max(range[1], value);
  }
}
