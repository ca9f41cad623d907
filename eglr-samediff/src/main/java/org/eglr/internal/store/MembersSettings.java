package org.eglr.internal.store;

import org.eglr.PairEffects;
import org.eglr.Settings;

/** {@link Settings} as files have them of evaluators of several members. */
record MembersSettings(
    int width,
    int heads,
    int evaluatorLayers,
    int feedForward,
    int embedding,
    int position,
    boolean trainFeatures,
    GatedReasoning reasoning,
    PairEffects pairEffects,
    int members,
    long seed) {

  static MembersSettings of(Settings from) {
    return new MembersSettings(
        from.width(),
        from.heads(),
        from.evaluatorLayers(),
        from.feedForward(),
        from.embedding(),
        from.position(),
        from.trainFeatures(),
        GatedReasoning.of(from.reasoning()),
        from.pairEffects(),
        from.members(),
        from.seed());
  }

  Settings settings() {
    return new Settings(
        width,
        heads,
        evaluatorLayers,
        feedForward,
        embedding,
        position,
        trainFeatures,
        reasoning.reasoning(),
        pairEffects,
        members,
        seed);
  }
}
