package org.eglr;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.decode.Trace;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.Measurement;
import org.eglr.internal.SchemaCheck;
import org.eglr.metrics.Report;

/**
 * A re-ranker that needs nothing but an evaluator.
 *
 * @param name of reports
 * @param evaluator makes or judges the lists
 * @param readsInitialOrder whether the pool's order says something to it
 * @param orders one a request: indices into its pool
 */
record Reference(
    String name,
    Evaluator evaluator,
    boolean readsInitialOrder,
    BiFunction<List<Request>, EvaluatorScorer, List<int[]>> orders)
    implements Reranker {

  private static final Trace NONE = new Trace(List.of());

  @Override
  public boolean trained() {
    return evaluator.trained();
  }

  @Override
  public Ranking rerank(Request request) {
    return rerank(List.of(request)).get(0);
  }

  @Override
  public List<Ranking> rerank(List<Request> requests) {
    requests.forEach(request -> evaluator.schema().requireSame(request.schema()));
    EvaluatorScorer scorer =
        evaluator.model().state().requireTrained("trainEvaluator first").scorer(evaluator.engine());
    List<int[]> lists = orders.apply(requests, scorer);
    List<ListScore> scores = scorer.score(requests, lists);
    return IntStream.range(0, lists.size())
        .mapToObj(r -> ranking(requests.get(r), lists.get(r), scores.get(r)))
        .toList();
  }

  private static Ranking ranking(Request request, int[] order, ListScore score) {
    return new Ranking(request, order, score.clickProbabilities(), score.dcg(), NONE);
  }

  @Override
  public Report evaluate(ListSet lists) {
    SchemaCheck.require(evaluator.schema(), lists);
    return Measurement.of(this, lists);
  }
}
