package org.eglr.internal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eglr.decode.EntropyProfile;
import org.eglr.internal.check.Setting;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;

/**
 * log.json of a checkpoint.
 *
 * @param seconds since the run began, step by step
 * @param values measurements, step by step
 * @param profiles entropy and reasoning, step by step; empty in the evaluator's training
 * @param validations measurements on validation lists
 */
record StoredLog(
    List<Double> seconds,
    List<Map<String, Double>> values,
    List<EntropyProfile> profiles,
    List<Validation> validations) {

  StoredLog {
    int steps = seconds.size();
    Setting.require(values.size() == steps, "values", values.size(), steps + " steps");
    Setting.require(
        profiles.isEmpty() || profiles.size() == steps,
        "profiles",
        profiles.size(),
        "none or " + steps + " steps");
    seconds.forEach(Objects::requireNonNull);
    values.forEach(StoredLog::requireNumbers);
    profiles.forEach(StoredLog::requireSameLengths);
    int last = -1;
    for (Validation validation : validations) {
      int step = validation.step();
      Setting.require(
          step > last && step <= steps,
          "validations.step",
          step,
          "above " + last + ", at most " + steps);
      requireNumbers(validation.values());
      last = step;
    }
  }

  static StoredLog of(Checkpoint.History history) {
    return new StoredLog(
        history.steps().stream().map(TrainingStep::seconds).toList(),
        history.steps().stream().map(TrainingStep::values).toList(),
        history.steps().stream().flatMap(step -> step.profile().stream()).toList(),
        history.validations());
  }

  /**
   * @param total steps of the run that goes on
   */
  Checkpoint.History toHistory(int total, double sinceStart) {
    List<TrainingStep> steps = new ArrayList<>();
    for (int i = 0; i < seconds.size(); i++) {
      Optional<EntropyProfile> profile =
          profiles.isEmpty() ? Optional.empty() : Optional.of(profiles.get(i));
      steps.add(new TrainingStep(i + 1, total, seconds.get(i), values.get(i), profile));
    }
    return new Checkpoint.History(steps, validations, sinceStart);
  }

  private static void requireNumbers(Map<String, Double> measured) {
    Setting.require(!measured.isEmpty(), "values", measured, "at least one measurement");
    measured.forEach(
        (name, value) -> Setting.require(value != null, name, null, "a measured number"));
  }

  private static void requireSameLengths(EntropyProfile profile) {
    int length = profile.length();
    for (double[] row :
        List.of(
            profile.after(), profile.relativeBefore(), profile.relativeAfter(), profile.steps())) {
      Setting.require(row.length == length, "profiles", row.length, length + " positions");
    }
  }
}
