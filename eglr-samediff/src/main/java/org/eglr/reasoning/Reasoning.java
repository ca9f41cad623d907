package org.eglr.reasoning;

import org.eglr.internal.check.Setting;

/**
 * When and how the generator reasons inside a list (section 4.3).
 *
 * @param maxSteps most consecutive reasoning tokens before one item (the paper's budget M); 0 to 16
 * @param gate whether to reason before a decision is taken; the paper's is {@link Gate#entropy}
 * @param baseTemperature the temperature at which entropy is measured (eq. 13); {@value
 *     #LEAST_TEMPERATURE} to 100
 * @param exploration the factor alpha: reasoning at {@code baseTemperature * alpha}, choosing at
 *     {@code baseTemperature / alpha} (section 4.3.2); 1 to 100
 * @param token what a reasoning token is
 * @param query what its output does to the query
 * @param dynamicTemperature whether alpha applies; without it both temperatures are the base one
 */
public record Reasoning(
    int maxSteps,
    Gate gate,
    double baseTemperature,
    double exploration,
    ReasoningToken token,
    QueryUpdate query,
    boolean dynamicTemperature) {

  /**
   * The least base temperature. Divided by the largest alpha it is 1e-5: a choice all but free of
   * chance, by which every score of float32 can still be divided. At much smaller ones scores
   * overflow, and entropies are NaN.
   */
  public static final double LEAST_TEMPERATURE = 1e-3;

  public Reasoning {
    Setting.require(maxSteps >= 0 && maxSteps <= 16, "maxSteps", maxSteps, "0 to 16");
    Setting.require(gate != null, "gate", null, "a Gate");
    Setting.require(
        baseTemperature >= LEAST_TEMPERATURE && baseTemperature <= 100,
        "baseTemperature",
        baseTemperature,
        "0.001 to 100");
    Setting.require(exploration >= 1 && exploration <= 100, "exploration", exploration, "1 to 100");
    Setting.require(token != null, "token", null, "NONE, PLAIN or CONTEXT_AWARE");
    Setting.require(query != null, "query", null, "REPLACE, RESIDUAL or GATED");
  }

  /** With the paper's gate, an entropy threshold in nats. */
  public Reasoning(
      int maxSteps,
      double entropyThreshold,
      double baseTemperature,
      double exploration,
      ReasoningToken token,
      QueryUpdate query,
      boolean dynamicTemperature) {
    this(
        maxSteps,
        Gate.entropy(entropyThreshold),
        baseTemperature,
        exploration,
        token,
        query,
        dynamicTemperature);
  }

  /** Temperature of the weights that make a reasoning token (section 4.3.2). */
  public double reasoningTemperature() {
    return dynamicTemperature ? baseTemperature * exploration : baseTemperature;
  }

  /** Temperature at which items are chosen (eq. 12, section 4.3.2). */
  public double recommendingTemperature() {
    return dynamicTemperature ? baseTemperature / exploration : baseTemperature;
  }

  /** Whether the model has a learned gain of its reasoning, and forgets it after each item. */
  public boolean gated() {
    return query == QueryUpdate.GATED;
  }

  /** Most reasoning tokens before one item, 0 where the token is {@link ReasoningToken#NONE}. */
  public int budget() {
    return token == ReasoningToken.NONE ? 0 : maxSteps;
  }
}
