package org.eglr.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.Evaluator;
import org.eglr.ListScore;
import org.eglr.Ranking;
import org.eglr.Reranker;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.ListChunks;
import org.eglr.metrics.Headroom;
import org.eglr.metrics.ListValues;
import org.eglr.metrics.ReportBuilder;
import org.eglr.rerank.TruthSearch;

/**
 * Measures a system's lists, judged by an evaluator. Pools are offered shuffled by a seed to what
 * does not read their order.
 */
final class Measuring {

  static final String SCORE = Headroom.SCORE;
  static final String TRUTH = Headroom.TRUTH;
  static final String LABELS = "NDCG@10";
  static final String TOKENS = "reasoning tokens";
  static final String SECONDS = "seconds of training";
  static final String STEPS = "steps of training";

  /** What validation lists say: the measure that a system's settings are chosen by. */
  static final String WORTH = "on validation lists";

  private static final long SEED = 7; // of the shuffles, as in all reports

  private final Reranker system;
  private final Evaluator evaluator;

  Measuring(Reranker system, Evaluator evaluator) {
    this.system = system;
    this.evaluator = evaluator;
  }

  /** Takes each list as it was made. */
  interface Taker {

    /**
     * @param list its index
     * @param order of the whole pool in its own order
     */
    void take(int list, int[] order, Ranking made, double score);
  }

  /** All metrics of a report, and the reasoning tokens of each list. */
  Run run(ListSet lists) {
    ReportBuilder report = new ReportBuilder(system.name(), lists);
    double[] tokens = new double[lists.size()];
    each(
        lists,
        (list, order, made, score) -> {
          report.add(list, order, score);
          tokens[list] = made.trace().reasoningSteps();
        });
    Map<String, double[]> columns =
        new LinkedHashMap<>(ListValues.of(report.build(Optional.empty())));
    columns.put(TOKENS, tokens);
    return new Run(columns, Map.of());
  }

  /** Makes all lists. */
  void each(ListSet lists, Taker taker) {
    for (var chunk : ListChunks.of(lists, Engine.JAVA)) {
      List<int[]> places =
          IntStream.range(chunk.from(), chunk.to()).mapToObj(l -> places(lists, l)).toList();
      List<Request> offered =
          IntStream.range(0, chunk.size())
              .mapToObj(i -> lists.request(chunk.from() + i).withCandidates(places.get(i)))
              .toList();
      List<Ranking> made =
          system instanceof TruthSearch truth
              ? ranked(offered, truth.orders(lists.range(chunk.from(), chunk.to())), places)
              : system.rerank(offered);
      List<ListScore> scores = evaluator.score(offered, made.stream().map(Ranking::order).toList());
      for (int i = 0; i < chunk.size(); i++) {
        taker.take(
            chunk.from() + i,
            ListChunks.inPool(made.get(i).order(), places.get(i)),
            made.get(i),
            scores.get(i).dcg());
      }
    }
  }

  /** Where each candidate that is offered stands in the pool. */
  int[] places(ListSet lists, int list) {
    return system.readsInitialOrder()
        ? IntStream.range(0, lists.pool(list)).toArray()
        : ListChunks.shuffled(lists.pool(list), SEED, list);
  }

  private static List<Ranking> ranked(
      List<Request> offered, List<int[]> orders, List<int[]> places) {
    return IntStream.range(0, offered.size())
        .mapToObj(i -> Ranking.of(offered.get(i), inverse(orders.get(i), places.get(i))))
        .toList();
  }

  /** An order of the pool as one of what is offered. */
  private static int[] inverse(int[] order, int[] places) {
    int[] at = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      at[places[i]] = i;
    }
    return ListChunks.inPool(order, at);
  }
}
