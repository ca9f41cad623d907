package org.eglr.internal.learn;

import org.eglr.internal.model.Weights;
import org.eglr.internal.store.Checkpoint;

/** What changes while a run goes on, beside its weights. */
record RunState(TrainedWeights trained, BestWeights best, Weights reference, RunLog log) {

  void resume(Checkpoint earlier) {
    trained.resume(earlier.optimiser());
    best.resume(earlier.best());
    if (reference != null) {
      reference.setFrom(earlier.reference());
    }
    log.resume(earlier.history());
  }
}
