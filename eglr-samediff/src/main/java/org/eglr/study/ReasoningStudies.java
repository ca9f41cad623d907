package org.eglr.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.PairEffects;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.ReasoningToken;

/** Studies of whether reasoning pays. */
final class ReasoningStudies {

  private static final String FULL_RATE = ", gain at the full rate";
  private static final String ZERO_TOKENS = "gated, 2 zero tokens";

  private ReasoningStudies() {}

  /** Whether reasoning pays, in each reading, beside its controls. */
  static Study reasoning() {
    return new Study(
        "reasoning",
        "Does reasoning pay, at equal steps?",
        List.of(
            World.of("ad", 10, 1),
            World.of("ad", 10, 3),
            World.of("ad", 30, 1),
            World.of("ad", 30, 3),
            World.of("kuairand", 10, 1),
            World.of("kuairand", 30, 3),
            World.of("together", 30, 1),
            new World("ad", 10, 10, 3, 32_000, 1)),
        Study.First.NONE,
        Map.of("width", 32, "pairEffects", PairEffects.FACTORS, "members", 1),
        List.of(
            Variant.of("none", "maxSteps", 0),
            Variant.of("none, twice the steps", "maxSteps", 0, "grpo.epochs", 2),
            Variant.of("none, two decoder layers", "maxSteps", 0, "decoderLayers", 2),
            Variant.of("none, temperature 0.1", "maxSteps", 0, "baseTemperature", 0.1),
            Variant.of("default"),
            gated("gated, 1 token", 1, ReasoningToken.CONTEXT_AWARE, Gate.always()),
            besideZero(gated("gated, 2 tokens", 2, ReasoningToken.CONTEXT_AWARE, Gate.always())),
            gated("gated, 4 tokens", 4, ReasoningToken.CONTEXT_AWARE, Gate.always()),
            fullRate("gated, 2 tokens", "maxSteps", 2),
            fullRate("gated, 4 tokens", "maxSteps", 4),
            gated("gated, 2 tokens at random", 2, ReasoningToken.CONTEXT_AWARE, Gate.random(0.5)),
            gated(ZERO_TOKENS, 2, ReasoningToken.ZERO, Gate.always()),
            reasoned("residual, 2 tokens", QueryUpdate.RESIDUAL, ReasoningToken.CONTEXT_AWARE),
            reasoned("literal, 2 tokens", QueryUpdate.REPLACE, ReasoningToken.CONTEXT_AWARE),
            reasoned("plain, 2 tokens", QueryUpdate.REPLACE, ReasoningToken.PLAIN)));
  }

  /**
   * The same where no evaluator can mislead: the reward is the truth. Here are the conditions in
   * which one look may not be enough. Most tokens have the gain's full rate, with which they gain
   * more here.
   */
  static Study reasoningByTruth() {
    return new Study(
        "reasoning-by-truth",
        "Does reasoning pay if the reward is the truth, where lists need looking ahead?",
        List.of(
            World.of("together", 30, 1),
            World.of("ad", 30, 3),
            World.of("prices", 30, 3),
            World.of("alike", 30, 3),
            World.of("ad", 100, 1),
            new World("ad", 30, 30, 1, 10_000, 1)),
        Study.First.NONE,
        Map.of(
            "width",
            32,
            "pairEffects",
            PairEffects.FACTORS,
            "members",
            1,
            "grpo.reward",
            "true-dcg"),
        List.of(
            Variant.of("none", "maxSteps", 0),
            Variant.of("none, twice the steps", "maxSteps", 0, "grpo.epochs", 2),
            Variant.of("none, two decoder layers", "maxSteps", 0, "decoderLayers", 2),
            Variant.of("none, temperature 0.1", "maxSteps", 0, "baseTemperature", 0.1),
            Variant.of("none, temperature 0.2", "maxSteps", 0, "baseTemperature", 0.2),
            Variant.of("none, temperature 0.45", "maxSteps", 0, "baseTemperature", 0.45),
            Variant.of("default"),
            besideZero(gated("gated, 2 tokens", 2, ReasoningToken.CONTEXT_AWARE, Gate.always())),
            gated(ZERO_TOKENS, 2, ReasoningToken.ZERO, Gate.always()),
            fullRate("gated, 2 tokens", "maxSteps", 2),
            colder("gated, 2 tokens", 0.1),
            colder(ZERO_TOKENS, 0.1, "token", ReasoningToken.ZERO),
            colder("gated, 2 tokens", 0.2),
            fullRate("gated, 4 tokens", "maxSteps", 4),
            fullRate(ZERO_TOKENS, "maxSteps", 2, "token", ReasoningToken.ZERO),
            reasoned("literal, 2 tokens", QueryUpdate.REPLACE, ReasoningToken.CONTEXT_AWARE)));
  }

  /** What a token says is what it has over one that says nothing. */
  private static Variant besideZero(Variant tokens) {
    return new Variant(tokens.name(), tokens.settings(), ZERO_TOKENS);
  }

  /** Tokens everywhere, whose gain learns as fast as all else: where nothing misleads, it may. */
  private static Variant fullRate(String name, Object... more) {
    return new Variant(name + FULL_RATE, full(more), "");
  }

  /** The same beside none at the same temperature. */
  private static Variant colder(String name, double temperature, Object... more) {
    String at = ", temperature " + temperature;
    Map<String, Object> settings = new LinkedHashMap<>(Map.of("maxSteps", 2));
    settings.putAll(full(more));
    settings.put("baseTemperature", temperature);
    return new Variant(name + at + FULL_RATE, settings, "none" + at);
  }

  private static Map<String, Object> full(Object... more) {
    Map<String, Object> settings = new LinkedHashMap<>(Variant.of("", more).settings());
    settings.put("gate", Gate.always());
    settings.put("grpo.gainRate", 1.0);
    return settings;
  }

  private static Variant gated(String name, int tokens, ReasoningToken token, Gate gate) {
    return Variant.of(
        name, "maxSteps", tokens, "query", QueryUpdate.GATED, "token", token, "gate", gate);
  }

  private static Variant reasoned(String name, QueryUpdate query, ReasoningToken token) {
    return Variant.of(name, "maxSteps", 2, "query", query, "token", token, "gate", Gate.always());
  }
}
