package org.eglr.internal.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eglr.decode.EntropyProfile;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;

/** Collects what a run measures, tells its listener, and notices an interrupt. */
final class RunLog {

  private final String name;
  private final int total;
  private final TrainingListener listener;
  private final long start = System.nanoTime();
  private final List<TrainingStep> steps = new ArrayList<>();
  private final List<Validation> validations = new ArrayList<>();
  private boolean interrupted;

  RunLog(String name, int total, TrainingListener listener) {
    this.name = name;
    this.total = total;
    this.listener = listener;
  }

  /** Whether the thread was interrupted; clears its flag, since the run ends in good order. */
  boolean interrupted() {
    interrupted |= Thread.interrupted();
    return interrupted;
  }

  void step(Optional<EntropyProfile> profile, Map<String, Double> values) {
    TrainingStep step = new TrainingStep(steps.size() + 1, total, seconds(), values, profile);
    steps.add(step);
    listener.onStep(step);
  }

  void validation(Validation validation) {
    validations.add(validation);
    listener.onValidation(validation);
  }

  /** Steps taken so far. */
  int taken() {
    return steps.size();
  }

  /** Whether the last step has been measured on the validation lists. */
  boolean measured() {
    return !validations.isEmpty() && validations.get(validations.size() - 1).step() == taken();
  }

  TrainingLog end() {
    interrupted(); // also one that came after the last step
    TrainingLog log = new TrainingLog(name, steps, validations, interrupted, seconds());
    listener.onEnd(log);
    return log;
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
