package org.eglr.internal.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eglr.Engine;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.internal.store.Checkpoint;
import org.eglr.internal.store.Condition;
import org.eglr.train.EvaluatorSelection;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;
import org.eglr.train.LearningRateSchedule;
import org.eglr.train.Reward;
import org.eglr.train.TrainingOptions;

/**
 * What decides a run's numbers beside settings and schema: its engine, options and data. Epochs and
 * steps are not among them: they decide where it ends.
 */
final class RunConditions {

  private final List<Condition> conditions = new ArrayList<>();

  private RunConditions() {}

  /**
   * @param total steps of the run
   * @param frozen weights that the run reads and does not train; null where there are none
   * @param shares of the learning rate, by name of a parameter
   */
  static List<Condition> of(
      Engine engine,
      TrainingOptions<?> options,
      int total,
      TrainingLists lists,
      Weights frozen,
      Map<String, Double> shares) {
    RunConditions all = new RunConditions();
    all.add("engine", engine, "use the run's engine: model.withEngine(...)");
    all.option("batchSize", options.batchSize());
    all.option("learningRate", options.learningRate());
    all.option("clipNorm", options.clipNorm());
    all.option("patience", options.patience());
    boolean falls = options.schedule().shape() == LearningRateSchedule.Shape.COSINE;
    all.option(
        "schedule",
        options.schedule() + (falls ? " over " + total + " steps" : ""),
        LearningRateSchedule.constant());
    if (options instanceof EvaluatorTraining evaluator) {
      all.option("weightDecay", evaluator.weightDecay());
      all.option("dropout", evaluator.dropout(), 0.0);
      all.option("selectBy", evaluator.selectBy(), EvaluatorSelection.LOSS);
    }
    if (options instanceof GrpoTraining grpo) {
      all.option("groupSize", grpo.groupSize());
      all.add("reward", reward(grpo.reward()), SAME_REWARD);
      all.option("scaleByDeviation", grpo.scaleByDeviation());
      all.option("deviationFloor", grpo.deviationFloor());
      all.option("validateEvery", grpo.validateEvery());
      all.option("normaliseEach", grpo.normaliseEach(), false);
      all.option(Checkpoint.UPDATES, grpo.updatesPerRollout(), 1);
      if (grpo.updatesPerRollout() > 1) {
        all.option("clip", grpo.clipLow() + ", " + grpo.clipHigh(), "none");
      }
      all.option(Checkpoint.REFERENCE, grpo.klToReference(), 0.0);
      all.option("entropyBonus", grpo.entropyBonus(), 0.0);
      all.option("gainRate", shares.getOrDefault(Architecture.GAIN, 1.0), 1.0);
    }
    all.add("training lists", lists.fingerprint(), SAME_LISTS);
    all.add("validation lists", Fingerprint.of(options.validation()), SAME_LISTS);
    if (frozen != null) {
      all.add(
          "the evaluator's weights",
          Fingerprint.of(frozen),
          "take the model that the run began with, as Eglr.load(checkpoint) gives it");
    }
    return all.conditions;
  }

  private static final String SAME_LISTS = "give it the lists of the run, in their order";

  private static final String SAME_OPTIONS =
      "give it the options of the run; only epochs and steps may be raised";
  private static final String SAME_REWARD =
      "give it the options of the run, a reward of one's own written once more";

  /** Ready ones that had a name before rewards were open keep it: their checkpoints go on. */
  private static String reward(Reward reward) {
    return reward == Reward.CLICK_DCG
        ? "CLICK_DCG"
        : reward == Reward.LIST_VALUE ? "LIST_VALUE" : reward.name();
  }

  private void option(String name, Object value) {
    add(name, value, SAME_OPTIONS);
  }

  /** An option that checkpoints have only where it is not as usual. */
  private void option(String name, Object value, Object usual) {
    conditions.add(new Condition(name, value.toString(), SAME_OPTIONS, usual.toString()));
  }

  private void add(String name, Object value, String remedy) {
    conditions.add(new Condition(name, value.toString(), remedy));
  }
}
