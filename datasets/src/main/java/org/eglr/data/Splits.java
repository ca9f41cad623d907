package org.eglr.data;

/**
 * A log cut by time into training, validation and test lists, encoded by a schema that was fitted
 * on the training lists.
 */
public record Splits(ListLog log, ListSet train, ListSet valid, ListSet test) {

  /** The encoding fitted on the training lists. */
  public Schema schema() {
    return train.schema();
  }
}
