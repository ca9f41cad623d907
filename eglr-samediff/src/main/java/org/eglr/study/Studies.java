package org.eglr.study;

import java.util.List;
import java.util.Map;
import org.eglr.PairEffects;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.ReasoningToken;

/** The studies there are. */
final class Studies {

  private Studies() {}

  static List<Study> all() {
    return List.of(defaults(), reasoning());
  }

  /** What the present defaults bring over those before. */
  private static Study defaults() {
    return new Study(
        "defaults",
        "What do the defaults of this version bring over those of the version before?",
        List.of(
            world("ad", 10, 1),
            world("ad", 30, 1),
            world("ad", 10, 3),
            world("ad", 30, 3),
            world("kuairand", 10, 1),
            world("kuairand", 30, 3),
            world("alike", 30, 1),
            world("prices", 30, 1)),
        Map.of(),
        List.of(
            Variant.of(
                "before",
                "pairEffects",
                PairEffects.NONE,
                "trainFeatures",
                false,
                "maxSteps",
                2,
                "query",
                QueryUpdate.RESIDUAL,
                "gate",
                Gate.entropy(1.2),
                "baseTemperature",
                1.0,
                "grpo.learningRate",
                3e-3,
                "grpo.epochs",
                1,
                "grpo.steps",
                0),
            Variant.of("default"),
            Variant.of("default, no reasoning", "maxSteps", 0)));
  }

  /** Whether reasoning pays, in each reading, beside its controls. */
  private static Study reasoning() {
    return new Study(
        "reasoning",
        "Does reasoning pay?",
        List.of(
            world("ad", 10, 1),
            world("ad", 30, 1),
            world("ad", 30, 3),
            world("kuairand", 30, 3),
            world("prices", 30, 1)),
        Map.of("width", 32, "gate", Gate.always()),
        List.of(
            Variant.of("none", "maxSteps", 0),
            gated("gated, 1 token", 1, ReasoningToken.CONTEXT_AWARE),
            gated("gated, 2 tokens", 2, ReasoningToken.CONTEXT_AWARE),
            gated("gated, 2 zero tokens", 2, ReasoningToken.ZERO),
            Variant.of(
                "gated, entropy above 1.2",
                "maxSteps",
                2,
                "query",
                QueryUpdate.GATED,
                "gate",
                Gate.entropy(1.2)),
            Variant.of("residual, 2 tokens", "maxSteps", 2, "query", QueryUpdate.RESIDUAL),
            Variant.of("literal, 2 tokens", "maxSteps", 2, "query", QueryUpdate.REPLACE),
            Variant.of(
                "plain, 2 tokens",
                "maxSteps",
                2,
                "query",
                QueryUpdate.REPLACE,
                "token",
                ReasoningToken.PLAIN)));
  }

  private static Variant gated(String name, int tokens, ReasoningToken token) {
    return Variant.of(name, "maxSteps", tokens, "query", QueryUpdate.GATED, "token", token);
  }

  private static World world(String preset, int pool, double effects) {
    return new World(preset, pool, 10, effects, 10_000, 1);
  }
}
