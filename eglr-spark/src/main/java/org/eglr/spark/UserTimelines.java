package org.eglr.spark;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.eglr.data.Splits;
import scala.Tuple2;

/** Which lists of a log are of the same user, and how they are split by time. */
final class UserTimelines {

  private UserTimelines() {}

  /**
   * Splits a log as one machine would, which has its lists in the same order.
   *
   * @param size number of lists
   * @return parts whose lists have nothing but their {@link org.eglr.data.ListSet#logIndex}
   */
  static Splits split(JavaRDD<Row> rows, LogRows log, int[] firsts, int size, double valid) {
    List<int[]> users = log.user().isEmpty() ? List.of(all(size)) : users(rows, log, firsts);
    String[] keys = new String[users.size()];
    int[] userOf = new int[size];
    for (int u = 0; u < keys.length; u++) {
      keys[u] = String.valueOf(u + 1);
      for (int list : users.get(u)) {
        userOf[list] = u;
      }
    }
    Entities items =
        Entities.of("items", new String[] {"1", "2"}).dense("none", new double[2]).build();
    ListLog.Builder lists = ListLog.builder("log", Entities.of("users", keys).build(), items);
    int[] pool = {0, 1};
    boolean[] clicks = new boolean[2];
    for (int list = 0; list < size; list++) {
      lists.add(userOf[list], list, pool, clicks);
    }
    return lists.build().split(1 - valid, valid, 0);
  }

  private static int[] all(int size) {
    int[] all = new int[size];
    Arrays.setAll(all, list -> list);
    return all;
  }

  /** Each user's lists; users in the order of their first lists. */
  private static List<int[]> users(JavaRDD<Row> rows, LogRows log, int[] firsts) {
    List<int[]> found =
        TrainingJobs.run(
            () ->
                rows.mapPartitionsWithIndex((p, lists) -> numbered(lists, log, firsts[p]), true)
                    .mapToPair(user -> user)
                    .reduceByKey(UserTimelines::together)
                    .values()
                    .collect());
    found.forEach(Arrays::sort);
    return found.stream().sorted(Comparator.comparingInt(lists -> lists[0])).toList();
  }

  private static Iterator<Tuple2<Row, int[]>> numbered(
      Iterator<Row> lists, LogRows log, int first) {
    return new Iterator<>() {
      private int next = first;

      @Override
      public boolean hasNext() {
        return lists.hasNext();
      }

      @Override
      public Tuple2<Row, int[]> next() {
        return new Tuple2<>(LogRows.plain(log.userOf(lists.next())), new int[] {next++});
      }
    };
  }

  private static int[] together(int[] some, int[] others) {
    int[] all = Arrays.copyOf(some, some.length + others.length);
    System.arraycopy(others, 0, all, some.length, others.length);
    return all;
  }
}
