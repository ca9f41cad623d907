package org.eglr.rerank;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.eglr.Evaluator;
import org.eglr.data.Schema;
import org.eglr.internal.check.Setting;
import org.eglr.internal.rerank.GraphGate;
import org.eglr.internal.rerank.LearnedModel;
import org.eglr.internal.rerank.ModelSpec;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningBuilder;

/**
 * Fluent settings of a new re-ranker; those of the model itself by {@link #model}.
 *
 * @param <M> the model
 */
public final class RerankerBuilder<M extends RerankerModel> {

  private final Schema schema;
  private final Evaluator evaluator;
  private M model;
  private int embedding = 16;
  private int places = 50;
  private long seed = 1;
  private Reasoning reasoning;

  private RerankerBuilder(Schema schema, Evaluator evaluator, M model) {
    this.schema = schema;
    this.evaluator = evaluator;
    this.model = model;
  }

  /** For data of a schema. */
  public static <M extends RerankerModel> RerankerBuilder<M> of(Schema schema, M model) {
    return new RerankerBuilder<>(schema, null, model);
  }

  /** For the evaluator's data; it judges the lists, and teaches where the model learns from it. */
  public static <M extends RerankerModel> RerankerBuilder<M> of(Evaluator evaluator, M model) {
    return new RerankerBuilder<>(evaluator.schema(), evaluator, model);
  }

  /** Settings of the model: {@code m -> m.heads(2)}. */
  public RerankerBuilder<M> model(UnaryOperator<M> settings) {
    model = settings.apply(model);
    return this;
  }

  /** Width of each categorical field's embedding; 1 to 256, default 16. */
  public RerankerBuilder<M> embedding(int value) {
    Setting.require(value >= 1 && value <= 256, "embedding", value, "1 to 256");
    embedding = value;
    return this;
  }

  /**
   * Places of the initial order that have a vector of their own, in models that read it; 1 to 1000,
   * default 50. Those behind have the last one's.
   */
  public RerankerBuilder<M> places(int value) {
    Setting.require(value >= 1 && value <= 1000, "places", value, "1 to 1000");
    places = value;
    return this;
  }

  /** Of first weights, batches and all that is drawn; default 1. */
  public RerankerBuilder<M> seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Puts EGLR's module into the decoding of a {@link StepModel} (section 5.4, Table 3): entropy
   * gate, context-aware reasoning token and both temperatures; how the model learns is unchanged.
   * The token, the candidates' vectors by their present weights, is read as an item's vector is.
   *
   * @param settings maxSteps, gate, baseTemperature, exploration and dynamicTemperature; the others
   *     have no meaning here
   */
  public RerankerBuilder<M> withReasoning(UnaryOperator<ReasoningBuilder> settings) {
    Setting.require(
        model instanceof StepModel,
        "reasoning",
        model.name(),
        "models that write lists item by item; this one scores the pool at once");
    Setting.require(
        !((StepModel) model).reasonsByItself(),
        "reasoning",
        model.name(),
        "models that do not reason; this one does in its own way");
    Reasoning chosen = settings.apply(new ReasoningBuilder()).build();
    GraphGate.require(chosen.gate());
    reasoning = chosen;
    return this;
  }

  /**
   * Makes the re-ranker with random weights.
   *
   * @throws org.eglr.data.DataException if the model cannot work with the schema
   * @throws IllegalArgumentException if its definition contradicts itself
   */
  public LearnedReranker build() {
    model.require(schema);
    ModelSpec spec = new ModelSpec(schema, model, embedding, places, reasoning, seed);
    return new LearnedReranker(
        new LearnedModel(spec, spec.firstWeights(), Map.of()), evaluator, Map.of());
  }
}
