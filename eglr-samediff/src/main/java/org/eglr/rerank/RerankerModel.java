package org.eglr.rerank;

import org.eglr.data.Schema;

/**
 * The definition of a re-ranker that learns: a {@link ScoringModel} or a {@link StepModel}. It has
 * no state: what it learns are the parameters that it asks a {@link ModelGraph} for. {@code
 * org.eglr.Rerankers.of(schema, model)} makes a {@link LearnedReranker} of it.
 */
public sealed interface RerankerModel permits ScoringModel, StepModel {

  /** What reports and comparisons call it. */
  String name();

  /** Whether the order of a request's pool says something to it. */
  default boolean readsInitialOrder() {
    return false;
  }

  /**
   * Refuses data that it cannot work with; the default takes all.
   *
   * @throws org.eglr.data.DataException saying what is missing
   */
  default void require(Schema schema) {}
}
