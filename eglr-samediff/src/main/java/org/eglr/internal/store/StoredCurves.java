package org.eglr.internal.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eglr.decode.EntropyProfile;
import org.eglr.internal.check.Setting;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;

/**
 * evaluator-log.json and grpo-log.json of a model file: what a training measured. Without times, so
 * that the same training gives the same file.
 *
 * @param total steps that the run would have taken at most
 * @param interrupted whether it was stopped from outside
 * @param values measurements, step by step
 * @param profiles entropy and reasoning, step by step; empty in the evaluator's training
 * @param validations measurements on validation lists
 */
record StoredCurves(
    int total,
    boolean interrupted,
    List<Map<String, Double>> values,
    List<EntropyProfile> profiles,
    List<Validation> validations) {

  StoredCurves {
    Setting.require(total >= values.size(), "total", total, values.size() + " steps or more");
  }

  static StoredCurves of(TrainingLog log) {
    List<TrainingStep> steps = log.steps();
    return new StoredCurves(
        steps.isEmpty() ? 0 : steps.get(steps.size() - 1).total(),
        log.interrupted(),
        steps.stream().map(TrainingStep::values).toList(),
        steps.stream().flatMap(step -> step.profile().stream()).toList(),
        log.validations());
  }

  TrainingLog toLog(String name) {
    List<Double> unknown = new ArrayList<>(Collections.nCopies(values.size(), Double.NaN));
    Checkpoint.History history =
        new StoredLog(unknown, values, profiles, validations).toHistory(total, Double.NaN);
    return new TrainingLog(name, history.steps(), history.validations(), interrupted, Double.NaN);
  }
}
