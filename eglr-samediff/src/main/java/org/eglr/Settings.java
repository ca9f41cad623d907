package org.eglr;

import org.eglr.internal.check.Setting;
import org.eglr.internal.model.CounterRandom;
import org.eglr.reasoning.Reasoning;

/**
 * A model's architecture and seed. Sizes in numbers of float values.
 *
 * @param width model width d: of candidate embeddings and Transformer tokens; 4 to 1024, a multiple
 *     of heads
 * @param heads attention heads; 1 to 64
 * @param evaluatorLayers Transformer encoder layers of the evaluator; 1 to 12
 * @param decoderLayers Transformer decoder layers of the generator; 1 to 4, the paper has 1
 * @param feedForward width of the Transformer's feed-forward part; 4 to 4096
 * @param embedding width of each categorical field's embedding; 1 to 256
 * @param position width of the sinusoidal position encoding; even, 2 to 256
 * @param trainFeatures whether GRPO trains the generator's copy of the feature extractor; otherwise
 *     the generator shares the evaluator's, frozen (section 4.2.2)
 * @param reasoning when and how the generator reasons
 * @param pairEffects what the evaluator's click logits know of pairs of items
 * @param generatorPairs whether the generator's scores know the same of an item and those chosen
 *     before it; without effect where there are no pair effects
 * @param members evaluators of which the evaluator consists, alike but for their first weights and
 *     the order of their batches; 1 to 16. It judges by their mean
 * @param seed decides initial weights, batch order and sampling
 */
public record Settings(
    int width,
    int heads,
    int evaluatorLayers,
    int decoderLayers,
    int feedForward,
    int embedding,
    int position,
    boolean trainFeatures,
    Reasoning reasoning,
    PairEffects pairEffects,
    boolean generatorPairs,
    int members,
    long seed) {

  /** Keeps the members' seeds apart from others of the same seed. */
  private static final long MEMBER = 0x6d656d62;

  public Settings {
    generatorPairs = generatorPairs && pairEffects != PairEffects.NONE;
    Setting.require(width >= 4 && width <= 1024, "width", width, "4 to 1024");
    Setting.require(heads >= 1 && heads <= 64, "heads", heads, "1 to 64");
    Setting.require(width % heads == 0, "width", width, "a multiple of heads (" + heads + ")");
    Setting.require(
        evaluatorLayers >= 1 && evaluatorLayers <= 12,
        "evaluatorLayers",
        evaluatorLayers,
        "1 to 12");
    Setting.require(
        decoderLayers >= 1 && decoderLayers <= 4, "decoderLayers", decoderLayers, "1 to 4");
    Setting.require(
        feedForward >= 4 && feedForward <= 4096, "feedForward", feedForward, "4 to 4096");
    Setting.require(embedding >= 1 && embedding <= 256, "embedding", embedding, "1 to 256");
    Setting.require(
        position >= 2 && position <= 256 && position % 2 == 0,
        "position",
        position,
        "an even number, 2 to 256");
    Setting.require(reasoning != null, "reasoning", null, "reasoning settings");
    Setting.require(
        pairEffects != null, "pairEffects", null, "NONE, MATCH, FACTORS, DIFFERENCES or ALL");
    Setting.require(members >= 1 && members <= 16, "members", members, "1 to 16");
  }

  /**
   * Settings of a model with a single evaluator, and one decoder layer that knows nothing of pairs.
   */
  public Settings(
      int width,
      int heads,
      int evaluatorLayers,
      int feedForward,
      int embedding,
      int position,
      boolean trainFeatures,
      Reasoning reasoning,
      PairEffects pairEffects,
      long seed) {
    this(
        width,
        heads,
        evaluatorLayers,
        1,
        feedForward,
        embedding,
        position,
        trainFeatures,
        reasoning,
        pairEffects,
        false,
        1,
        seed);
  }

  /** As the other, without pair effects. */
  public Settings(
      int width,
      int heads,
      int evaluatorLayers,
      int feedForward,
      int embedding,
      int position,
      boolean trainFeatures,
      Reasoning reasoning,
      long seed) {
    this(
        width,
        heads,
        evaluatorLayers,
        feedForward,
        embedding,
        position,
        trainFeatures,
        reasoning,
        PairEffects.NONE,
        seed);
  }

  /**
   * The same model with other reasoning settings.
   *
   * @throws IllegalArgumentException if only one of them has {@link
   *     org.eglr.reasoning.QueryUpdate#GATED}: the weights are the same under all others
   */
  public Settings withReasoning(Reasoning other) {
    Setting.require(
        other.gated() == reasoning.gated(),
        "query",
        other.query(),
        (reasoning.gated() ? "GATED, whose gain these weights have" : "REPLACE or RESIDUAL")
            + "; a model of the other kind must be built and trained anew");
    return new Settings(
        width,
        heads,
        evaluatorLayers,
        decoderLayers,
        feedForward,
        embedding,
        position,
        trainFeatures,
        other,
        pairEffects,
        generatorPairs,
        members,
        seed);
  }

  /**
   * The settings of one member of the evaluator by itself: a single evaluator with a seed of its
   * own. The first has this model's.
   *
   * @param member 0-based, below {@link #members}
   */
  public Settings member(int member) {
    return new Settings(
        width,
        heads,
        evaluatorLayers,
        decoderLayers,
        feedForward,
        embedding,
        position,
        trainFeatures,
        reasoning,
        pairEffects,
        generatorPairs,
        1,
        member == 0 ? seed : CounterRandom.stream(seed, MEMBER, member));
  }
}
