package org.eglr.internal.store;

import org.eglr.PairEffects;
import org.eglr.Settings;

/** {@link Settings} as files have them that say all of them. */
record WholeSettings(
    int width,
    int heads,
    int evaluatorLayers,
    int decoderLayers,
    int feedForward,
    int embedding,
    int position,
    boolean trainFeatures,
    GatedReasoning reasoning,
    PairEffects pairEffects,
    boolean generatorPairs,
    int members,
    long seed) {

  static WholeSettings of(Settings from) {
    return new WholeSettings(
        from.width(),
        from.heads(),
        from.evaluatorLayers(),
        from.decoderLayers(),
        from.feedForward(),
        from.embedding(),
        from.position(),
        from.trainFeatures(),
        GatedReasoning.of(from.reasoning()),
        from.pairEffects(),
        from.generatorPairs(),
        from.members(),
        from.seed());
  }

  Settings settings() {
    return new Settings(
        width,
        heads,
        evaluatorLayers,
        decoderLayers,
        feedForward,
        embedding,
        position,
        trainFeatures,
        reasoning.reasoning(),
        pairEffects,
        generatorPairs,
        members,
        seed);
  }
}
