package org.eglr.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Data whose pools are put into the order of scores. */
final class PoolOrder {

  /** Lists that are scored together. */
  private static final int CHUNK = 1000;

  private final Function<List<Request>, List<double[]>> scores;
  private final ListLog log;
  private final ListLog.Builder ordered;
  private final EncodedEntities encoded;

  private PoolOrder(Splits data, Function<List<Request>, List<double[]>> scores) {
    this.scores = scores;
    log = data.log();
    ordered = ListLog.builder(log.name(), log.users(), log.items()).warnings(log.warnings());
    encoded = data.train().encoded();
  }

  static Splits of(Splits data, Function<List<Request>, List<double[]>> scores) {
    PoolOrder order = new PoolOrder(data, scores);
    int[] train = order.add(data.train());
    int[] valid = order.add(data.valid());
    int[] test = order.add(data.test());
    ListLog log = order.ordered.build(data.log().truth().orElse(null));
    return new Splits(
        log,
        new ListSet(log, order.encoded, train),
        new ListSet(log, order.encoded, valid),
        new ListSet(log, order.encoded, test));
  }

  /** The rows of a set's lists in the new log. */
  private int[] add(ListSet lists) {
    int first = ordered.size();
    for (int from = 0; from < lists.size(); from += CHUNK) {
      int to = Math.min(lists.size(), from + CHUNK);
      List<Request> requests = new ArrayList<>();
      for (int list = from; list < to; list++) {
        requests.add(lists.request(list));
      }
      List<double[]> scored = scores.apply(requests);
      for (int list = from; list < to; list++) {
        add(lists.logIndex(list), scored.get(list - from));
      }
    }
    return IntStream.range(first, ordered.size()).toArray();
  }

  private void add(int row, double[] scored) {
    if (scored.length != log.pool(row)) {
      throw new DataException(
          "a pool of %d candidates has %d scores; there must be one each"
              .formatted(log.pool(row), scored.length));
    }
    int length = log.length(row);
    int[] order =
        IntStream.range(0, scored.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(i -> i < length ? 0 : 1)
                    .thenComparingDouble(i -> -scored[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] pool = new int[order.length];
    boolean[] clicks = new boolean[length];
    for (int i = 0; i < order.length; i++) {
      pool[i] = log.candidate(row, order[i]);
      if (i < length) {
        clicks[i] = log.clicked(row, order[i]);
      }
    }
    ordered.add(log.user(row), log.time(row), pool, clicks, log.utility(row));
  }
}
