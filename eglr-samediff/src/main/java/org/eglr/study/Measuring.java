package org.eglr.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eglr.Engine;
import org.eglr.Evaluator;
import org.eglr.ListScore;
import org.eglr.Ranking;
import org.eglr.Reranker;
import org.eglr.Rerankers;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.decode.Trace;
import org.eglr.internal.ListChunks;
import org.eglr.internal.Measurement;
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

  private final Reranker system;
  private final Evaluator evaluator;

  Measuring(Reranker system, Evaluator evaluator) {
    this.system = system;
    this.evaluator = evaluator;
  }

  /** All metrics of a report, and the reasoning tokens of each list. */
  Run run(ListSet lists) {
    ReportBuilder report = new ReportBuilder(system.name(), lists);
    double[] tokens = new double[lists.size()];
    each(
        lists,
        (list, order, made) -> {
          report.add(list, order, made.score());
          tokens[list] = made.trace().reasoningSteps();
        });
    Map<String, double[]> columns =
        new LinkedHashMap<>(ListValues.of(report.build(Optional.empty())));
    columns.put(TOKENS, tokens);
    return new Run(columns, Map.of());
  }

  /** Makes all lists; a ranking's score is the evaluator's. */
  void each(ListSet lists, Measurement.Taker taker) {
    if (system instanceof TruthSearch truth) {
      truthfully(truth, lists, taker);
      return;
    }
    Measurement.each(Rerankers.judged(system, evaluator), lists, taker);
  }

  /** Requests alone do not carry the truth. */
  private void truthfully(TruthSearch truth, ListSet lists, Measurement.Taker taker) {
    for (var chunk : ListChunks.of(lists, Engine.JAVA)) {
      List<Request> requests = ListChunks.requests(lists, chunk);
      List<int[]> orders = truth.orders(lists.range(chunk.from(), chunk.to()));
      List<ListScore> scores = evaluator.score(requests, orders);
      for (int i = 0; i < orders.size(); i++) {
        ListScore score = scores.get(i);
        Ranking made =
            new Ranking(
                requests.get(i),
                orders.get(i),
                score.clickProbabilities(),
                score.dcg(),
                new Trace(List.of()));
        taker.take(chunk.from() + i, made.order(), made);
      }
    }
  }
}
