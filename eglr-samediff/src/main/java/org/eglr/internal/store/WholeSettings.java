package org.eglr.internal.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eglr.PairEffects;
import org.eglr.Settings;

/**
 * {@link Settings} as files have them that say all of them.
 *
 * @param decoderLayers left out where there is one, as files before it have it
 */
record WholeSettings(
    int width,
    int heads,
    int evaluatorLayers,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer decoderLayers,
    int feedForward,
    int embedding,
    int position,
    boolean trainFeatures,
    GatedReasoning reasoning,
    PairEffects pairEffects,
    long seed) {

  static WholeSettings of(Settings from) {
    return new WholeSettings(
        from.width(),
        from.heads(),
        from.evaluatorLayers(),
        from.decoderLayers() == 1 ? null : from.decoderLayers(),
        from.feedForward(),
        from.embedding(),
        from.position(),
        from.trainFeatures(),
        GatedReasoning.of(from.reasoning()),
        from.pairEffects(),
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
        seed);
  }
}
