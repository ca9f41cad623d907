package org.eglr.internal;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.Request;

/**
 * Narrows large pools to the candidates whose click the evaluator thinks most probable, each looked
 * at alone, so that the cost grows with the pool and its order does not matter.
 */
public final class Preselection {

  private final int top;
  private final EvaluatorScorer scorer;

  /**
   * @param top candidates that stay; a request that asks for more items keeps as many as it asks
   *     for
   */
  public Preselection(int top, EvaluatorScorer scorer) {
    this.top = top;
    this.scorer = scorer;
  }

  /** The request with the candidates that stay. */
  Request narrowed(Request request) {
    int[] kept = kept(request);
    return kept.length == request.pool() ? request : request.withCandidates(kept);
  }

  /** The candidates that stay, as indices into the pool, in the pool's order. */
  public int[] kept(Request request) {
    int count = Math.max(2, Math.max(top, request.length()));
    if (request.pool() <= count) {
      return IntStream.range(0, request.pool()).toArray();
    }
    double[] clicks = Sorting.aloneProbabilities(List.of(request), scorer).get(0);
    return IntStream.range(0, request.pool())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -clicks[i]))
        .limit(count)
        .sorted()
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
