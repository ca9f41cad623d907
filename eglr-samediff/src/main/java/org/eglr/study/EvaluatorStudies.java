package org.eglr.study;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eglr.PairEffects;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;

/** Studies of what an evaluator sees, and of what a generator makes of it. */
final class EvaluatorStudies {

  private static final String NO_REASONING = "default, no reasoning";

  private EvaluatorStudies() {}

  /** What the present defaults bring over those before. */
  static Study defaults() {
    return new Study(
        "defaults",
        "What do the defaults of this version bring over those of the version before?",
        List.of(
            World.of("ad", 10, 1),
            World.of("ad", 30, 1),
            World.of("ad", 10, 3),
            World.of("ad", 30, 3),
            World.of("kuairand", 10, 1),
            World.of("kuairand", 10, 3),
            World.of("kuairand", 30, 3),
            World.of("alike", 30, 1),
            World.of("prices", 30, 1),
            World.of("together", 30, 1)),
        Study.First.NONE,
        Map.of(),
        List.of(
            Variant.of(
                "before",
                "pairEffects",
                PairEffects.NONE,
                "members",
                1,
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
            new Variant("default", Map.of(), NO_REASONING),
            Variant.of(NO_REASONING, "maxSteps", 0),
            Variant.of("1 member, gain at the full rate", "members", 1, "grpo.gainRate", 1.0)));
  }

  /** Which pairs an evaluator and a generator need to see, in worlds of several forms. */
  static Study pairs() {
    return new Study(
        "pairs",
        "Which effects of pairs are worth having, in worlds of which form?",
        List.of(
            World.of("ad", 30, 1),
            World.of("alike", 30, 1),
            World.of("prices", 30, 1),
            World.of("together", 30, 1)),
        Study.First.NONE,
        Map.of("width", 32, "maxSteps", 0, "members", 1),
        Arrays.stream(PairEffects.values())
            .map(pairs -> Variant.of(pairs.name(), "pairEffects", pairs))
            .toList());
  }

  /** Whether a reward that doubts the evaluator keeps a generator from being fooled. */
  static Study pessimism() {
    return new Study(
        "pessimism",
        "What does a reward that doubts the evaluator save where it is fooled, and cost elsewhere?",
        List.of(World.of("misleading", 30, 1), World.of("ad", 30, 1), World.of("kuairand", 30, 1)),
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
    return Variant.of(reward, "grpo.reward", reward, "members", 1);
  }

  /** A generator that can tell items apart by more than the evaluator does. */
  private static Variant own(String reward) {
    return Variant.of(
        reward + ", own features", "grpo.reward", reward, "members", 1, "trainFeatures", true);
  }

  /** Whether a generator is worth anything on a real log of usual size. */
  static Study moviesAgainstSorting() {
    return new Study(
        "movielens",
        "Does EGLR beat sorting by its evaluator on MovieLens 100K, with labels that travel?",
        List.of(new World(World.MOVIELENS, 10, 10, 0, 0, 1)),
        Study.First.SORTED_ALONE,
        Map.of(),
        List.of(
            new Variant("default", Map.of(), NO_REASONING),
            Variant.of(NO_REASONING, "maxSteps", 0),
            Variant.of("default, no pairs", "pairEffects", PairEffects.NONE)));
  }
}
