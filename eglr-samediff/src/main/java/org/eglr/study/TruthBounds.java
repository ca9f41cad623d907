package org.eglr.study;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.internal.headroom.LocalSearch;
import org.eglr.metrics.RankingMetrics;

/**
 * What lists could be worth in truth: true DCG, averaged over lists.
 *
 * @param single of lists sorted by the true click probability of each item alone: the best for
 *     whoever does not see lists
 * @param search of what local search from there finds by swaps and replacements: about the best
 *     there is
 */
record TruthBounds(double single, double search) {

  static TruthBounds of(ListSet lists) {
    List<int[]> sorted =
        IntStream.range(0, lists.size()).mapToObj(list -> sortedAlone(lists, list)).toList();
    List<int[]> best =
        LocalSearch.search(
            IntStream.range(0, lists.size()).mapToObj(lists::request).toList(),
            sorted,
            proposals ->
                proposals.stream()
                    .parallel()
                    .mapToDouble(p -> dcg(lists, p.request(), p.order()))
                    .toArray());
    return new TruthBounds(mean(lists, sorted), mean(lists, best));
  }

  /** How much of what seeing lists is worth a system got: 0 as if blind, 1 as local search. */
  double share(double trueDcg) {
    return (trueDcg - single) / (search - single);
  }

  private static int[] sortedAlone(ListSet lists, int list) {
    double[] alone =
        IntStream.range(0, lists.pool(list))
            .mapToDouble(i -> lists.trueClickProbabilities(list, new int[] {i}).orElseThrow()[0])
            .toArray();
    return IntStream.range(0, alone.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -alone[i]))
        .limit(lists.length(list))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double mean(ListSet lists, List<int[]> orders) {
    return IntStream.range(0, orders.size())
        .mapToDouble(list -> dcg(lists, list, orders.get(list)))
        .average()
        .orElseThrow();
  }

  private static double dcg(ListSet lists, int list, int[] order) {
    return RankingMetrics.dcg(lists.trueClickProbabilities(list, order).orElseThrow());
  }
}
