package org.eglr.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
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
    return List.of(
        defaults(), pairs(), reasoning(), reasoningByTruth(), pessimism(), moviesAgainstSorting());
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
            world("kuairand", 10, 3),
            world("kuairand", 30, 3),
            world("alike", 30, 1),
            world("prices", 30, 1),
            world("together", 30, 1)),
        Study.First.NONE,
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
            Variant.of("default, no reasoning", "maxSteps", 0),
            Variant.of("default, 3 members", "members", 3)));
  }

  /** Which pairs an evaluator and a generator need to see, in worlds of several forms. */
  private static Study pairs() {
    return new Study(
        "pairs",
        "Which effects of pairs are worth having, in worlds of which form?",
        List.of(
            world("ad", 30, 1),
            world("alike", 30, 1),
            world("prices", 30, 1),
            world("together", 30, 1)),
        Study.First.NONE,
        Map.of("width", 32, "maxSteps", 0),
        Arrays.stream(PairEffects.values())
            .map(pairs -> Variant.of(pairs.name(), "pairEffects", pairs))
            .toList());
  }

  /** Whether reasoning pays, in each reading, beside its controls. */
  private static Study reasoning() {
    return new Study(
        "reasoning",
        "Does reasoning pay, at equal steps?",
        List.of(
            world("ad", 10, 1),
            world("ad", 10, 3),
            world("ad", 30, 1),
            world("ad", 30, 3),
            world("kuairand", 10, 1),
            world("kuairand", 30, 3),
            world("together", 30, 1)),
        Study.First.NONE,
        Map.of("width", 32, "pairEffects", PairEffects.FACTORS),
        List.of(
            Variant.of("none", "maxSteps", 0),
            Variant.of("none, twice the steps", "maxSteps", 0, "grpo.epochs", 2),
            Variant.of("none, two decoder layers", "maxSteps", 0, "decoderLayers", 2),
            Variant.of("default"),
            gated("gated, 1 token", 1, ReasoningToken.CONTEXT_AWARE, Gate.always()),
            gated("gated, 2 tokens", 2, ReasoningToken.CONTEXT_AWARE, Gate.always()),
            gated("gated, 4 tokens", 4, ReasoningToken.CONTEXT_AWARE, Gate.always()),
            gated("gated, 2 tokens at random", 2, ReasoningToken.CONTEXT_AWARE, Gate.random(0.5)),
            gated("gated, 2 zero tokens", 2, ReasoningToken.ZERO, Gate.always()),
            reasoned("residual, 2 tokens", QueryUpdate.RESIDUAL, ReasoningToken.CONTEXT_AWARE),
            reasoned("literal, 2 tokens", QueryUpdate.REPLACE, ReasoningToken.CONTEXT_AWARE),
            reasoned("plain, 2 tokens", QueryUpdate.REPLACE, ReasoningToken.PLAIN)));
  }

  /**
   * The same where no evaluator can mislead: the reward is the truth. Here are the conditions in
   * which one look may not be enough.
   */
  private static Study reasoningByTruth() {
    return new Study(
        "reasoning-by-truth",
        "Does reasoning pay if the reward is the truth, where lists need looking ahead?",
        List.of(
            world("together", 30, 1),
            world("ad", 30, 3),
            world("prices", 30, 3),
            world("alike", 30, 3),
            world("ad", 100, 1),
            new World("ad", 30, 30, 1, 10_000, 1)),
        Study.First.NONE,
        Map.of("width", 32, "pairEffects", PairEffects.FACTORS, "grpo.reward", "true-dcg"),
        List.of(
            Variant.of("none", "maxSteps", 0),
            Variant.of("none, twice the steps", "maxSteps", 0, "grpo.epochs", 2),
            Variant.of("none, two decoder layers", "maxSteps", 0, "decoderLayers", 2),
            Variant.of("none, temperature 0.1", "maxSteps", 0, "baseTemperature", 0.1),
            Variant.of("none, temperature 0.2", "maxSteps", 0, "baseTemperature", 0.2),
            Variant.of("none, temperature 0.45", "maxSteps", 0, "baseTemperature", 0.45),
            Variant.of("default"),
            gated("gated, 2 tokens", 2, ReasoningToken.CONTEXT_AWARE, Gate.always()),
            colder("gated, 2 tokens", 0.1),
            colder("gated, 2 zero tokens", 0.1, "token", ReasoningToken.ZERO),
            colder("gated, 2 tokens", 0.2),
            gated("gated, 4 tokens", 4, ReasoningToken.CONTEXT_AWARE, Gate.always()),
            gated("gated, 2 zero tokens", 2, ReasoningToken.ZERO, Gate.always()),
            reasoned("literal, 2 tokens", QueryUpdate.REPLACE, ReasoningToken.CONTEXT_AWARE)));
  }

  /** Beside none at the same temperature. */
  private static Variant colder(String name, double temperature, Object... more) {
    String at = ", temperature " + temperature;
    Map<String, Object> settings = new LinkedHashMap<>(Variant.of("", more).settings());
    settings.put("maxSteps", 2);
    settings.put("gate", Gate.always());
    settings.put("baseTemperature", temperature);
    return new Variant(name + at, settings, "none" + at);
  }

  private static Variant gated(String name, int tokens, ReasoningToken token, Gate gate) {
    return Variant.of(
        name, "maxSteps", tokens, "query", QueryUpdate.GATED, "token", token, "gate", gate);
  }

  private static Variant reasoned(String name, QueryUpdate query, ReasoningToken token) {
    return Variant.of(name, "maxSteps", 2, "query", query, "token", token, "gate", Gate.always());
  }

  /** Whether a reward that doubts the evaluator keeps a generator from being fooled. */
  private static Study pessimism() {
    return new Study(
        "pessimism",
        "What does a reward that doubts the evaluator save where it is fooled, and cost elsewhere?",
        List.of(world("misleading", 30, 1), world("ad", 30, 1), world("kuairand", 30, 1)),
        Study.First.INITIAL_ORDER,
        Map.of("width", 32, "maxSteps", 0),
        List.of(
            rewarded("click-dcg"),
            rewarded("click-dcg - 0.1 off-support"),
            Variant.of("pessimistic(1)", "grpo.reward", "pessimistic(1)", "members", 3),
            own("click-dcg"),
            own("click-dcg - 0.03 off-support"),
            own("click-dcg - 0.1 off-support"),
            own("click-dcg - 0.3 off-support")));
  }

  private static Variant rewarded(String reward) {
    return Variant.of(reward, "grpo.reward", reward);
  }

  /** A generator that can tell items apart by more than the evaluator does. */
  private static Variant own(String reward) {
    return Variant.of(reward + ", own features", "grpo.reward", reward, "trainFeatures", true);
  }

  /** Whether a generator is worth anything on a real log of usual size. */
  private static Study moviesAgainstSorting() {
    return new Study(
        "movielens",
        "Does EGLR beat sorting by its evaluator on MovieLens 100K, with labels that travel?",
        List.of(new World(World.MOVIELENS, 10, 10, 0, 0, 1)),
        Study.First.SORTED_ALONE,
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
