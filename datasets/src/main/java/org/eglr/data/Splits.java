package org.eglr.data;

import java.util.List;
import java.util.function.Function;

/**
 * A log cut by time into training, validation and test lists, encoded by a schema that was fitted
 * on the training lists.
 */
public record Splits(ListLog log, ListSet train, ListSet valid, ListSet test) {

  /** The encoding fitted on the training lists. */
  public Schema schema() {
    return train.schema();
  }

  /**
   * The same lists with their pools in the order of scores, as a first-stage ranker hands them on:
   * those shown first, the highest score leading, then the other candidates alike; equals keep
   * their order. Clicks and utilities stay with their items. The log has the lists of the three
   * parts only; the schema stays.
   *
   * @param scores of some requests, in their order: one score a candidate
   */
  public Splits ordered(Function<List<Request>, List<double[]>> scores) {
    return PoolOrder.of(this, scores);
  }
}
