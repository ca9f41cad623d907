package org.eglr.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.DataException;
import org.eglr.data.ListLog;

/**
 * Makes a log of rows that were read: candidates, clicks, utility, time and user.
 *
 * @param user the user's struct; without fields: there is none
 */
record LogRows(StructType user, StructType candidate) implements Serializable {

  /** Dense fields that have a flag for what is missing, whether or not the rows miss any. */
  record Gaps(Set<String> user, Set<String> candidate) implements Serializable {

    static final Gaps AS_FOUND = new Gaps(Set.of(), Set.of());
  }

  /** All lists of a log. */
  ListLog log(List<Row> lists) {
    return log("log", lists, 0, Gaps.AS_FOUND);
  }

  /**
   * Neighbouring lists of a log.
   *
   * @param name for messages
   * @param first the number of the first list, 0-based, likewise
   */
  ListLog log(String name, List<Row> lists, int first, Gaps gaps) {
    EntityRows users = new EntityRows(user);
    EntityRows items = new EntityRows(candidate);
    List<int[]> pools = new ArrayList<>(lists.size());
    int[] userRows = new int[lists.size()];
    for (int l = 0; l < lists.size(); l++) {
      Row list = lists.get(l);
      String where = "list " + (first + l + 1) + " of the log";
      requireWhole(list, where);
      List<Row> candidates = list.getList(0);
      int[] pool = new int[candidates.size()];
      for (int i = 0; i < pool.length; i++) {
        pool[i] = items.of(candidates.get(i), where + ", candidate " + i);
      }
      pools.add(pool);
      userRows[l] = users.of(userOf(list), where + ", the user");
    }
    ListLog.Builder log =
        ListLog.builder(
            name, users.build("users", gaps.user()), items.build("items", gaps.candidate()));
    for (int l = 0; l < pools.size(); l++) {
      Row list = lists.get(l);
      boolean[] clicks = clicks(list.getList(1), first + l);
      if (list.isNullAt(2)) {
        log.add(userRows[l], list.getLong(3), pools.get(l), clicks);
      } else {
        log.add(userRows[l], list.getLong(3), pools.get(l), clicks, list.getFloat(2));
      }
    }
    return log.build();
  }

  /** Whoever is not known is the same user, of whom nothing is known. */
  Row userOf(Row list) {
    return list.isNullAt(4) ? EntityRows.unknown(user) : list.getStruct(4);
  }

  /** The row without its type, which would travel with each. */
  static Row plain(Row row) {
    Object[] values = new Object[row.size()];
    for (int f = 0; f < values.length; f++) {
      values[f] = row.get(f);
    }
    return RowFactory.create(values);
  }

  private static void requireWhole(Row list, String where) {
    for (int c : new int[] {0, 1, 3}) {
      if (list.isNullAt(c)) {
        throw new DataException(
            "%s has null as %s; leave such rows out"
                .formatted(where, c == 0 ? "candidates" : c == 1 ? "clicks" : "time"));
      }
    }
  }

  private static boolean[] clicks(List<Boolean> given, int list) {
    boolean[] clicks = new boolean[given.size()];
    for (int i = 0; i < clicks.length; i++) {
      if (given.get(i) == null) {
        throw new DataException(
            "list %d of the log has null as click %d; it needs true or false"
                .formatted(list + 1, i));
      }
      clicks[i] = given.get(i);
    }
    return clicks;
  }
}
