package org.eglr.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts each user's lists by time into training, validation and test. What a part is owed after
 * rounding is carried to the next user; a user with two or more lists keeps one in training as long
 * as training is owed any.
 */
final class TimeSplit {

  private final double validShare;
  private final double testShare;
  private final List<List<Integer>> parts =
      List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  private double owedTrain;
  private double owedValid;
  private double owedTest;

  private TimeSplit(double validShare, double testShare) {
    this.validShare = validShare;
    this.testShare = testShare;
  }

  /** Indices of the training, validation and test lists, ascending. */
  static int[][] parts(ListLog log, double train, double valid, double test) {
    if (!(train > 0)
        || !(valid >= 0)
        || !(test >= 0)
        || Math.abs(train + valid + test - 1) > 1e-9) {
      throw new DataException(
          "split(%s, %s, %s): shares must be at least 0, the first above 0, and sum to 1"
              .formatted(train, valid, test));
    }
    TimeSplit split = new TimeSplit(valid, test);
    List<Integer> order =
        IntStream.range(0, log.size())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(log::timeline)
                    .thenComparingLong(log::time)
                    .thenComparingInt(list -> list))
            .toList();
    int from = 0;
    for (int to = 1; to <= order.size(); to++) {
      if (to == order.size() || log.timeline(order.get(to)) != log.timeline(order.get(from))) {
        split.cut(order.subList(from, to));
        from = to;
      }
    }
    return split.parts.stream()
        .map(part -> part.stream().mapToInt(Integer::intValue).sorted().toArray())
        .toArray(int[][]::new);
  }

  /** Cuts one user's lists, given in the order of time. */
  private void cut(List<Integer> lists) {
    int n = lists.size();
    owedTest += testShare * n;
    owedValid += validShare * n;
    owedTrain += (1 - validShare - testShare) * n;
    int keep = n > 1 && owedTrain >= 0.5 ? 1 : 0;
    int tests = rounded(owedTest, n - keep);
    int valids = rounded(owedValid, n - keep - tests);
    int trains = n - tests - valids;
    owedTest -= tests;
    owedValid -= valids;
    owedTrain -= trains;
    parts.get(0).addAll(lists.subList(0, trains));
    parts.get(1).addAll(lists.subList(trains, trains + valids));
    parts.get(2).addAll(lists.subList(trains + valids, n));
  }

  private static int rounded(double owed, int most) {
    return (int) Math.min(most, Math.max(0, Math.round(owed)));
  }
}
