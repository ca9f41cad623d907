package org.eglr;

import java.util.function.UnaryOperator;
import org.eglr.data.Schema;
import org.eglr.internal.samediff.Gpu;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningBuilder;

/** Fluent settings of a new model; only the schema is required. */
public final class EglrBuilder {

  private final Schema schema;
  private int width = 64;
  private int heads = 4;
  private int evaluatorLayers = 2;
  private Integer feedForward;
  private int embedding = 16;
  private int position = 16;
  private boolean trainFeatures;
  private Reasoning reasoning = new ReasoningBuilder().build();
  private long seed = 7;
  private Device device = Device.AUTO;
  private Engine engine;

  EglrBuilder(Schema schema) {
    this.schema = schema;
  }

  /** Model width d; 4 to 1024, a multiple of the heads, default 64. */
  public EglrBuilder width(int value) {
    width = value;
    return this;
  }

  /** Attention heads; 1 to 64, a divisor of the width, default 4. */
  public EglrBuilder heads(int value) {
    heads = value;
    return this;
  }

  /** Transformer layers of the evaluator; 1 to 12, default 2. */
  public EglrBuilder evaluatorLayers(int value) {
    evaluatorLayers = value;
    return this;
  }

  /** Width of the feed-forward parts; 4 to 4096, default four times the width. */
  public EglrBuilder feedForward(int value) {
    feedForward = value;
    return this;
  }

  /** Width of each categorical field's embedding; 1 to 256, default 16. */
  public EglrBuilder embedding(int value) {
    embedding = value;
    return this;
  }

  /** Width of the position encoding; even, 2 to 256, default 16. */
  public EglrBuilder position(int value) {
    position = value;
    return this;
  }

  /** Whether GRPO trains the generator's own feature extractor; default false: shared, frozen. */
  public EglrBuilder trainFeatures(boolean value) {
    trainFeatures = value;
    return this;
  }

  /** When and how the generator reasons. */
  public EglrBuilder reasoning(UnaryOperator<ReasoningBuilder> settings) {
    reasoning = settings.apply(new ReasoningBuilder(reasoning)).build();
    return this;
  }

  /** Seed of initial weights, batch order and sampling; any number, default 7. */
  public EglrBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Where to compute: "auto" (the default: on a GPU where this build and machine have one), "cpu"
   * or "gpu", which fails in {@link #build} where there is none. Not part of the settings that a
   * model file holds.
   */
  public EglrBuilder device(String name) {
    device = Device.named(name);
    return this;
  }

  /** What computes; default: what suits the device. Not part of a model file either. */
  public EglrBuilder engine(Engine value) {
    engine = value;
    return this;
  }

  /** The settings so far, validated. */
  public Settings settings() {
    return new Settings(
        width,
        heads,
        evaluatorLayers,
        feedForward == null ? 4 * width : feedForward,
        embedding,
        position,
        trainFeatures,
        reasoning,
        seed);
  }

  /**
   * Makes the model with random weights.
   *
   * @throws IllegalArgumentException naming the setting, its value and what is allowed
   * @throws IllegalStateException if device "gpu" was asked for and cannot be used, saying why
   */
  public Eglr build() {
    Engine bulk = device.engine(engine, width, Gpu::here);
    return Eglr.create(schema, settings(), bulk, device.single(engine, bulk));
  }
}
