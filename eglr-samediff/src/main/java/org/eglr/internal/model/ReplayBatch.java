package org.eglr.internal.model;

import java.util.List;
import org.eglr.data.Request;

/**
 * Lists of a batch to be replayed, group after group: the lists of one request share its
 * candidates.
 *
 * @param pool padded number of candidates N
 * @param pools the requests' own numbers of candidates: [R]
 * @param group lists per request G
 * @param lists the trajectories, request after request: [R * G]
 * @param asked the requests, as far as the generator looks at their items' fields: [R]
 * @param coefficient weight of each list's log-probability in the loss: [R * G]
 */
public record ReplayBatch(
    int pool,
    int[] pools,
    int group,
    List<Request> asked,
    List<Trajectory> lists,
    double[] coefficient) {

  public int requests() {
    return pools.length;
  }

  /** Longest sequence of decoder tokens T. */
  public int tokens() {
    return lists.stream().mapToInt(Trajectory::length).max().orElse(1);
  }
}
