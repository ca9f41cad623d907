package org.eglr.internal.store;

import java.util.Map;
import java.util.Objects;
import org.eglr.Settings;
import org.eglr.internal.check.Setting;

/**
 * checkpoint.json: the run, and where it stands.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format
 * @param training {@value #EVALUATOR} or {@value #GRPO}
 * @param settings architecture, reasoning and seed
 * @param conditions what a run that goes on must have in common, by name
 * @param steps steps taken
 * @param updates steps that the optimiser took part in
 * @param measured whether there are best weights
 * @param bestValue their value; 0 if there are none
 * @param worse measurements since then
 * @param seconds wall-clock time
 */
record CheckpointConfig(
    String format,
    int version,
    String training,
    Settings settings,
    Map<String, String> conditions,
    int steps,
    int updates,
    boolean measured,
    double bestValue,
    int worse,
    double seconds) {

  static final String FORMAT = "eglr-checkpoint";

  /** Version 2 may have settings that earlier releases do not know; only then it is written. */
  static final int VERSION = 2;

  /** Version 3 has an evaluator of several members. */
  static final int MEMBERS = 3;

  static final int OLDEST = 1;
  static final String EVALUATOR = "evaluator";
  static final String GRPO = "grpo";

  CheckpointConfig {
    boolean known = EVALUATOR.equals(training) || GRPO.equals(training);
    Setting.require(known, "training", training, EVALUATOR + " or " + GRPO);
    conditions.forEach(
        (name, value) -> Setting.require(value != null, name, null, "a condition of the run"));
    Setting.require(steps >= 0, "steps", steps, "at least 0");
    long most = (long) steps * updatesPerStep(conditions);
    Setting.require(updates >= 0 && updates <= most, "updates", updates, "0 to " + most);
    Setting.require(worse >= 0, "worse", worse, "at least 0");
    Setting.require(
        seconds >= 0 && Double.isFinite(seconds), "seconds", seconds, "finite, at least 0");
    Objects.requireNonNull(settings);
  }

  private static int updatesPerStep(Map<String, String> conditions) {
    String updates = conditions.getOrDefault(Checkpoint.UPDATES, "1");
    Setting.require(updates.matches("[1-9]\\d?"), Checkpoint.UPDATES, updates, "1 to 64");
    return Integer.parseInt(updates);
  }

  /** Whether the run has a reference. */
  boolean referred() {
    return conditions.containsKey(Checkpoint.REFERENCE);
  }
}
