package org.eglr;

import java.util.function.Function;
import org.eglr.data.Request;

/**
 * A re-ranker that needs nothing.
 *
 * @param name of reports
 * @param readsInitialOrder whether the pool's order says something to it
 * @param order a request's list: indices into its pool
 */
record Plain(String name, boolean readsInitialOrder, Function<Request, int[]> order)
    implements Reranker {

  @Override
  public Ranking rerank(Request request) {
    return Ranking.of(request, order.apply(request));
  }
}
