package org.eglr.data;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Orders the items of every list by {@link CandidateOrder#POPULARITY}; clicks move along. */
final class PopularityOrder {

  private PopularityOrder() {}

  /** The same lists in the same parts; the order that ties keep is that of the given log. */
  static Splits of(Splits splits) {
    int[] popularity = popularity(splits.train());
    ListLog log = splits.log();
    ListLog.Builder ordered = ListLog.builder(log.name(), log.users(), log.items());
    for (int list = 0; list < log.size(); list++) {
      add(ordered, log, list, popularity);
    }
    return ordered.build().split(rows(splits.train()), rows(splits.valid()), rows(splits.test()));
  }

  private static int[] popularity(ListSet train) {
    ListLog log = train.log();
    int[] lists = new int[log.items().size()];
    for (int list = 0; list < train.size(); list++) {
      for (int i = 0; i < train.pool(list); i++) {
        lists[log.candidate(train.logIndex(list), i)]++;
      }
    }
    return lists;
  }

  private static void add(ListLog.Builder ordered, ListLog log, int list, int[] popularity) {
    int[] order =
        IntStream.range(0, log.pool(list))
            .boxed()
            .sorted(Comparator.comparing(i -> -popularity[log.candidate(list, i)]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] pool = new int[order.length];
    boolean[] clicks = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      pool[i] = log.candidate(list, order[i]);
      clicks[i] = log.clicked(list, order[i]);
    }
    ordered.add(log.user(list), log.time(list), pool, clicks, log.utility(list));
  }

  private static int[] rows(ListSet lists) {
    return IntStream.range(0, lists.size()).map(lists::logIndex).toArray();
  }
}
