package org.eglr.metrics;

import java.util.List;
import org.eglr.data.Request;

/** Anything that orders the candidates of requests. */
public interface Reranker {

  String name();

  /**
   * Makes one list a request.
   *
   * @return candidates as indices into each request's pool, {@code request.length()} each
   */
  List<int[]> rerank(List<Request> requests);
}
