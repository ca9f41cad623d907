package org.eglr.internal.train;

import org.eglr.internal.store.Checkpoint;

/** What changes while a run goes on, beside its weights. */
record RunState(Adam adam, BestWeights best, RunLog log) {

  void resume(Checkpoint earlier) {
    adam.resume(earlier.optimiser());
    best.resume(earlier.best());
    log.resume(earlier.history());
  }
}
