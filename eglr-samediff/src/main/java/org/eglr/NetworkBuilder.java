package org.eglr;

import org.eglr.data.Schema;
import org.eglr.internal.samediff.Controls;
import org.eglr.internal.samediff.Gpu;
import org.eglr.reasoning.Reasoning;

/** What the builders of an evaluator and of a whole model have in common. */
public abstract sealed class NetworkBuilder<B extends NetworkBuilder<B>>
    permits EvaluatorBuilder, EglrBuilder {

  final Schema schema;
  private int width = 64;
  private int heads = 4;
  private int evaluatorLayers = 2;
  private Integer feedForward;
  private int embedding = 16;
  private int position = 16;
  private PairEffects pairEffects = PairEffects.MATCH;
  private int members = 3;
  private long seed = 7;
  private Device device = Device.AUTO;
  private Engine engine;

  NetworkBuilder(Schema schema) {
    this.schema = schema;
  }

  abstract B self();

  /** Model width d; 4 to 1024, a multiple of the heads, default 64. */
  public B width(int value) {
    width = value;
    return self();
  }

  /** Attention heads; 1 to 64, a divisor of the width, default 4. */
  public B heads(int value) {
    heads = value;
    return self();
  }

  /** Transformer layers of the evaluator; 1 to 12, default 2. */
  public B evaluatorLayers(int value) {
    evaluatorLayers = value;
    return self();
  }

  /** Width of the feed-forward parts; 4 to 4096, default four times the width. */
  public B feedForward(int value) {
    feedForward = value;
    return self();
  }

  /** Width of each categorical field's embedding; 1 to 256, default 16. */
  public B embedding(int value) {
    embedding = value;
    return self();
  }

  /** Width of the position encoding; even, 2 to 256, default 16. */
  public B position(int value) {
    position = value;
    return self();
  }

  /**
   * What the evaluator's click logits know of pairs of items beside what its Transformer finds out;
   * default {@link PairEffects#MATCH}.
   */
  public B pairEffects(PairEffects value) {
    pairEffects = value;
    return self();
  }

  /**
   * Evaluators that judge together, alike but for their first weights and the order of their
   * batches; 1 to 16, default 3: where a log teaches little, a generator finds one evaluator's
   * errors and is worth less for it, and three share few of them. They are trained in one call,
   * which takes as many times as long as one, and so does judging. Click probabilities and values
   * are the members' means; how far the members differ, {@link ListScore#deviations}, tells where
   * the log has taught them little, and {@link org.eglr.train.Reward#pessimistic} takes it from
   * what a generator is rewarded with. The first member is, to the bit, the evaluator that there
   * would be alone.
   */
  public B members(int value) {
    members = value;
    return self();
  }

  /** Seed of initial weights, batch order and sampling; any number, default 7. */
  public B seed(long value) {
    seed = value;
    return self();
  }

  /**
   * Where to compute: "auto" (the default: on a GPU where this build and machine have one and the
   * model is 256 wide or wider; lists that are asked for one by one on the CPU), "cpu" or "gpu",
   * which is refused when the model is built where there is none. Not part of the settings that a
   * model file holds.
   */
  public B device(String name) {
    device = Device.named(name);
    return self();
  }

  /** What computes; default: what suits the device. Not part of a model file either. */
  public B engine(Engine value) {
    engine = value;
    return self();
  }

  /** Takes over the sizes of networks that are there already. */
  final void sizes(Settings settings) {
    width = settings.width();
    heads = settings.heads();
    evaluatorLayers = settings.evaluatorLayers();
    feedForward = settings.feedForward();
    embedding = settings.embedding();
    position = settings.position();
    pairEffects = settings.pairEffects();
    members = settings.members();
  }

  final Settings settings(
      int decoderLayers, boolean trainFeatures, boolean generatorPairs, Reasoning reasoning) {
    return new Settings(
        width,
        heads,
        evaluatorLayers,
        decoderLayers,
        feedForward == null ? 4 * width : feedForward,
        embedding,
        position,
        trainFeatures,
        reasoning,
        pairEffects,
        generatorPairs,
        members,
        seed);
  }

  /** What computes all but single lists. */
  final Engine bulk(Settings settings) {
    return device.engine(engine, settings.width(), Controls.hasGraph(settings), Gpu::here);
  }

  final Engine single(Engine bulk) {
    return device.single(engine, bulk);
  }
}
