package org.eglr.internal.rerank;

import java.util.List;
import org.eglr.ListScore;
import org.eglr.data.Request;

/** Says what lists are worth to a model that learns from it. */
@FunctionalInterface
interface Judge extends AutoCloseable {

  /**
   * One score a list.
   *
   * @param orders candidates, indices into the request's pool: [list][K]
   */
  List<ListScore> score(List<Request> requests, List<int[]> orders);

  /** Lets go of what it computes with. */
  @Override
  default void close() {}
}
