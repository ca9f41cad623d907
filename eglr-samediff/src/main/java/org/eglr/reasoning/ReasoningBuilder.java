package org.eglr.reasoning;

/** Fluent settings of {@link Reasoning}; every one has a default. */
public final class ReasoningBuilder {

  private int maxSteps = 2;
  private Gate gate = Gate.entropy(1.2);
  private double baseTemperature = 0.3;
  private double exploration = 1.5;
  private ReasoningToken token = ReasoningToken.CONTEXT_AWARE;
  private QueryUpdate query = QueryUpdate.GATED;
  private boolean dynamicTemperature = true;

  public ReasoningBuilder() {}

  /** Starts from existing settings. */
  public ReasoningBuilder(Reasoning from) {
    maxSteps = from.maxSteps();
    gate = from.gate();
    baseTemperature = from.baseTemperature();
    exploration = from.exploration();
    token = from.token();
    query = from.query();
    dynamicTemperature = from.dynamicTemperature();
  }

  /** Most consecutive reasoning tokens before one item; 0 to 16, default 2. */
  public ReasoningBuilder maxSteps(int value) {
    maxSteps = value;
    return this;
  }

  /**
   * Whether to reason before a decision is taken: a lambda, or a ready one of {@link Gate}; default
   * {@code Gate.entropy(1.2)}. A saved model holds ready ones only.
   */
  public ReasoningBuilder gate(Gate value) {
    gate = value;
    return this;
  }

  /** Short for {@link Gate#entropy}: any number of nats, below 0 always. */
  public ReasoningBuilder entropyThreshold(double nats) {
    return gate(Gate.entropy(nats));
  }

  /** The temperature at which entropy is measured; 0.001 to 100, default 0.3. */
  public ReasoningBuilder baseTemperature(double value) {
    baseTemperature = value;
    return this;
  }

  /**
   * The factor alpha between reasoning, base and recommending temperature; 1 to 100, default 1.5.
   */
  public ReasoningBuilder exploration(double alpha) {
    exploration = alpha;
    return this;
  }

  /** What a reasoning token is; default context-aware. */
  public ReasoningBuilder token(ReasoningToken value) {
    token = value;
    return this;
  }

  /** What a reasoning token's output does to the query; default gated. */
  public ReasoningBuilder query(QueryUpdate value) {
    query = value;
    return this;
  }

  /** Whether alpha applies; default true. */
  public ReasoningBuilder dynamicTemperature(boolean value) {
    dynamicTemperature = value;
    return this;
  }

  public Reasoning build() {
    return new Reasoning(
        maxSteps, gate, baseTemperature, exploration, token, query, dynamicTemperature);
  }
}
