package org.eglr.internal.learn;

import org.eglr.train.GrpoTraining;

/**
 * What a step of GRPO does beside eq. 19.
 *
 * @param updates of the weights by the same lists
 * @param low how far below 1 a choice's ratio may fall
 * @param high how far above 1 it may grow
 * @param divergence beta
 * @param bonus the entropy's weight
 */
record UpdateOptions(int updates, double low, double high, double divergence, double bonus) {

  static UpdateOptions of(GrpoTraining options) {
    return new UpdateOptions(
        options.updatesPerRollout(),
        options.clipLow(),
        options.clipHigh(),
        options.klToReference(),
        options.entropyBonus());
  }

  /** Whether a step is one update by eq. 19 and nothing else. */
  boolean plain() {
    return updates == 1 && !allTeach();
  }

  /** Whether lists teach something even where all of their group are worth the same. */
  boolean allTeach() {
    return divergence > 0 || bonus > 0;
  }
}
