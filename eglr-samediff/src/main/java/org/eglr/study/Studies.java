package org.eglr.study;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eglr.PairEffects;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.ReasoningToken;

/** The studies there are. */
final class Studies {

  private Studies() {}

  static List<Study> all() {
    return List.of(defaults(), reasoning(), moviesAgainstSorting());
  }

  /**
   * @throws IllegalArgumentException naming the studies there are
   */
  static Study named(String name) {
    return all().stream()
        .filter(study -> study.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no study '%s'; there are %s, %s, %s"
                        .formatted(
                            name,
                            all().stream().map(Study::name).collect(Collectors.joining(", ")),
                            PaperTables.all().stream()
                                .map(PaperTable::name)
                                .collect(Collectors.joining(", ")),
                            StudyMain.ALL)));
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
        false,
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
        "Does reasoning pay, at equal steps?",
        List.of(
            world("ad", 10, 1),
            world("ad", 30, 1),
            world("ad", 30, 3),
            world("kuairand", 30, 3),
            world("prices", 30, 1)),
        false,
        Map.of("width", 32),
        List.of(
            Variant.of("none", "maxSteps", 0),
            reasoned("gated, 1 token", 1, QueryUpdate.GATED, ReasoningToken.CONTEXT_AWARE),
            reasoned("gated, 2 tokens", 2, QueryUpdate.GATED, ReasoningToken.CONTEXT_AWARE),
            reasoned("gated, 2 zero tokens", 2, QueryUpdate.GATED, ReasoningToken.ZERO),
            reasoned("residual, 2 tokens", 2, QueryUpdate.RESIDUAL, ReasoningToken.CONTEXT_AWARE),
            reasoned("literal, 2 tokens", 2, QueryUpdate.REPLACE, ReasoningToken.CONTEXT_AWARE),
            reasoned("plain, 2 tokens", 2, QueryUpdate.REPLACE, ReasoningToken.PLAIN)));
  }

  private static Variant reasoned(
      String name, int tokens, QueryUpdate query, ReasoningToken token) {
    return Variant.of(
        name, "maxSteps", tokens, "query", query, "token", token, "gate", Gate.always());
  }

  /** Whether a generator is worth anything on a real log of usual size. */
  private static Study moviesAgainstSorting() {
    return new Study(
        "movielens",
        "Does EGLR beat sorting by its evaluator on MovieLens 100K, with labels that travel?",
        List.of(new World(World.MOVIELENS, 10, 10, 0, 0, 1)),
        true,
        Map.of(),
        List.of(
            Variant.of("default"),
            Variant.of("default, no reasoning", "maxSteps", 0),
            Variant.of("default, no pairs", "pairEffects", PairEffects.NONE)));
  }

  private static World world(String preset, int pool, double effects) {
    return new World(preset, pool, 10, effects, 10_000, 1);
  }
}
