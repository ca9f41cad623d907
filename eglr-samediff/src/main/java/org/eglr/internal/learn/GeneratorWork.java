package org.eglr.internal.learn;

import org.eglr.internal.model.Weights;

/** All that the generator's training computes by batches: rollouts and their replays. */
public interface GeneratorWork extends Rollouts, Replays {

  /** Makes one for a training. */
  interface Maker {

    /**
     * @param generator the weights that are trained
     * @param reference weights that the generator must not stray from; null: none
     */
    GeneratorWork of(Weights generator, Weights reference);
  }
}
