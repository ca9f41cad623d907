package org.eglr;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eglr.data.Schema;
import org.eglr.internal.EvaluatorModel;
import org.eglr.internal.GeneratorModel;
import org.eglr.internal.Recommender;
import org.eglr.internal.check.Setting;
import org.eglr.internal.model.Architecture;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningBuilder;

/** Fluent settings of a new model; only the schema is required. */
public final class EglrBuilder extends NetworkBuilder<EglrBuilder> {

  private int decoderLayers = 1;
  private boolean trainFeatures;
  private boolean generatorPairs = true;
  private Reasoning reasoning = new ReasoningBuilder().build();
  private Evaluator evaluator; // null: a new one

  EglrBuilder(Schema schema) {
    super(schema);
  }

  @Override
  EglrBuilder self() {
    return this;
  }

  /**
   * Transformer layers of the generator's decoder, one behind the other with the same tokens; 1 to
   * 4, default 1 as in the paper. With {@code reasoning(r -> r.maxSteps(0))} a second one is the
   * control for a claim about reasoning, which also sends a decision through the layer twice.
   * Plain-Java engine only.
   */
  public EglrBuilder decoderLayers(int value) {
    decoderLayers = value;
    return this;
  }

  /** Whether GRPO trains the generator's own feature extractor; default false: shared, frozen. */
  public EglrBuilder trainFeatures(boolean value) {
    trainFeatures = value;
    return this;
  }

  /**
   * Whether the generator's scores know of a candidate and the items chosen before it what {@link
   * #pairEffects} tells the evaluator of pairs; default true. Its weights start at 0 and are
   * learned by GRPO. Factors are the evaluator's alone.
   */
  public EglrBuilder generatorPairs(boolean value) {
    generatorPairs = value;
    return this;
  }

  /** When and how the generator reasons. */
  public EglrBuilder reasoning(UnaryOperator<ReasoningBuilder> settings) {
    reasoning = settings.apply(new ReasoningBuilder(reasoning)).build();
    return this;
  }

  /**
   * Takes an evaluator that is there already instead of a new one, and its sizes; several models
   * may share one. It is not copied: training it, through whichever of them, trains it for all.
   *
   * @throws org.eglr.data.DataException if it is for data of another schema
   */
  public EglrBuilder evaluator(Evaluator shared) {
    shared.schema().requireSame(schema);
    evaluator = shared;
    sizes(shared.settings());
    return this;
  }

  /** The settings so far, validated. */
  public Settings settings() {
    return settings(decoderLayers, trainFeatures, generatorPairs, reasoning);
  }

  /**
   * Makes the model with random weights, those of a given evaluator aside.
   *
   * @throws IllegalArgumentException naming the setting, its value and what is allowed
   * @throws IllegalStateException if device "gpu" was asked for and cannot be used, saying why
   */
  public Eglr build() {
    return new Eglr(model());
  }

  /** As {@link #build}, passed off as trained; for tests that any weights will do for. */
  Eglr asTrained() {
    Recommender model = model();
    model.declareTrained();
    return new Eglr(model);
  }

  private Recommender model() {
    Settings settings = settings();
    if (evaluator != null) {
      requireSizes(settings, evaluator.settings());
    }
    Engine bulk = bulk(settings);
    Architecture architecture = new Architecture(schema, settings);
    EvaluatorModel judge =
        evaluator != null
            ? evaluator.model()
            : new EvaluatorModel(architecture, architecture.evaluator(), false, Optional.empty());
    var generator =
        new GeneratorModel(architecture.generator(), false, judge.state(), Optional.empty());
    return new Recommender(architecture, judge, generator, bulk, single(bulk), 0);
  }

  private static void requireSizes(Settings own, Settings shared) {
    same("width", own.width(), shared.width());
    same("heads", own.heads(), shared.heads());
    same("evaluatorLayers", own.evaluatorLayers(), shared.evaluatorLayers());
    same("feedForward", own.feedForward(), shared.feedForward());
    same("embedding", own.embedding(), shared.embedding());
    same("position", own.position(), shared.position());
    same("members", own.members(), shared.members());
    Setting.require(
        own.pairEffects() == shared.pairEffects(),
        "pairEffects",
        own.pairEffects(),
        shared.pairEffects() + ", as the shared evaluator has it");
  }

  private static void same(String setting, int own, int shared) {
    Setting.require(own == shared, setting, own, shared + ", as the shared evaluator has it");
  }
}
