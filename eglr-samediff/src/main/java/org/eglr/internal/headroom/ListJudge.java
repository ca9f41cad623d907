package org.eglr.internal.headroom;

import java.util.List;

/** What a search for lists maximises. */
@FunctionalInterface
public interface ListJudge {

  /**
   * A list to be judged; may be shorter than what was asked for.
   *
   * @param request its index
   * @param order indices into the request's pool
   */
  record Proposal(int request, int[] order) {}

  /** One score a list, in order; the higher the better. */
  double[] score(List<Proposal> lists);
}
