package org.eglr.internal.model;

/**
 * One list to write.
 *
 * @param candidates which lists of one request share
 * @param length number of items to choose
 * @param chooser how an item is chosen
 * @param watcher sees entropies, weights and probabilities as they arise; may be null
 */
public record ListTask(
    CandidateVectors candidates, int length, Chooser chooser, DecisionWatcher watcher) {

  /** A list as its request wants it. */
  public static ListTask of(CandidateVectors candidates, Chooser chooser, DecisionWatcher watcher) {
    return new ListTask(candidates, candidates.request().length(), chooser, watcher);
  }

  /** Number of candidates. */
  public int pool() {
    return candidates.pool();
  }
}
