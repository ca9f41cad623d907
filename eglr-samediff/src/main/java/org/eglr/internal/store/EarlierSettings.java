package org.eglr.internal.store;

import org.eglr.PairEffects;
import org.eglr.Settings;

/** {@link Settings} as files have them that earlier releases read, too. */
record EarlierSettings(
    int width,
    int heads,
    int evaluatorLayers,
    int feedForward,
    int embedding,
    int position,
    boolean trainFeatures,
    StoredReasoning reasoning,
    long seed) {

  /** Whether earlier releases know all that these settings say. */
  static boolean suffices(Settings settings) {
    return settings.members() == 1
        && settings.decoderLayers() == 1
        && settings.pairEffects() == PairEffects.NONE
        && StoredReasoning.suffices(settings.reasoning());
  }

  static EarlierSettings of(Settings from) {
    return new EarlierSettings(
        from.width(),
        from.heads(),
        from.evaluatorLayers(),
        from.feedForward(),
        from.embedding(),
        from.position(),
        from.trainFeatures(),
        StoredReasoning.of(from.reasoning()),
        from.seed());
  }

  Settings settings() {
    return new Settings(
        width,
        heads,
        evaluatorLayers,
        1,
        feedForward,
        embedding,
        position,
        trainFeatures,
        reasoning.reasoning(),
        PairEffects.NONE,
        false,
        1,
        seed);
  }
}
