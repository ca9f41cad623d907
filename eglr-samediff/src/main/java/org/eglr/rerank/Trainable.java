package org.eglr.rerank;

import org.eglr.Reranker;
import org.eglr.data.DataException;
import org.eglr.data.Splits;
import org.eglr.train.TrainingLog;

/** A re-ranker that learns from logged lists. */
public interface Trainable extends Reranker {

  /**
   * Trains by its default options on the training lists; where it measures itself on validation
   * lists, what was best there is kept. Training again begins anew.
   *
   * @return what the run measured; without steps where nothing is learned step by step
   * @throws DataException if the lists have another schema
   * @throws IllegalStateException if something it learns from is not trained, naming the remedy
   */
  TrainingLog train(Splits data);
}
