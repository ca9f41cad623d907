package org.eglr.internal.learn;

import java.util.ArrayList;
import java.util.List;
import org.eglr.Engine;
import org.eglr.data.ListSet;
import org.eglr.internal.model.Weights;
import org.eglr.internal.store.Condition;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;
import org.eglr.train.TrainingOptions;

/**
 * What decides a run's numbers beside settings and schema: its engine, options and data. Epochs and
 * steps are not among them: they decide where it ends.
 */
final class RunConditions {

  private final List<Condition> conditions = new ArrayList<>();

  private RunConditions() {}

  /**
   * @param frozen weights that the run reads and does not train; null where there are none
   */
  static List<Condition> of(
      Engine engine, TrainingOptions<?> options, ListSet lists, Weights frozen) {
    RunConditions all = new RunConditions();
    all.add("engine", engine, "use the run's engine: model.withEngine(...)");
    all.option("batchSize", options.batchSize());
    all.option("learningRate", options.learningRate());
    all.option("clipNorm", options.clipNorm());
    all.option("patience", options.patience());
    if (options instanceof EvaluatorTraining evaluator) {
      all.option("weightDecay", evaluator.weightDecay());
    }
    if (options instanceof GrpoTraining grpo) {
      all.option("groupSize", grpo.groupSize());
      all.option("reward", grpo.reward());
      all.option("scaleByDeviation", grpo.scaleByDeviation());
      all.option("deviationFloor", grpo.deviationFloor());
      all.option("validateEvery", grpo.validateEvery());
    }
    all.add("training lists", Fingerprint.of(lists), SAME_LISTS);
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

  private void option(String name, Object value) {
    add(name, value, "give it the options of the run; only epochs and steps may be raised");
  }

  private void add(String name, Object value, String remedy) {
    conditions.add(new Condition(name, value.toString(), remedy));
  }
}
