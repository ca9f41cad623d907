package org.eglr.internal.learn;

import org.eglr.internal.store.Checkpoint;

/** Weights that a run changes, with the state of their optimiser, wherever both lie. */
public interface TrainedWeights {

  /** Brings the model's own weights up to date, for those who read them between two steps. */
  default void store() {}

  /** The optimiser's present state; it may be a view, to be written before the next step. */
  Checkpoint.Optimiser state();

  /** Takes over an optimiser's state. */
  void resume(Checkpoint.Optimiser state);
}
