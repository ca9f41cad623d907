package org.eglr.internal.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eglr.decode.EntropyProfile;
import org.eglr.internal.check.TrainingWatch;
import org.eglr.internal.store.Checkpoint;
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
  private final List<String> warnings = new ArrayList<>();
  private final TrainingWatch watch = new TrainingWatch();
  private double secondsBefore;
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
    watch.step(values).forEach(this::warn);
  }

  /** Says what goes wrong. */
  void warn(String sentence) {
    warnings.add(sentence);
    listener.onWarning(sentence);
  }

  void validation(Validation validation) {
    validations.add(validation);
    listener.onValidation(validation);
  }

  /** The run's name. */
  String name() {
    return name;
  }

  /** Steps that the run will have taken unless it stops early. */
  int total() {
    return total;
  }

  /** What was measured so far; a view, to be written before the next step. */
  Checkpoint.History state() {
    return new Checkpoint.History(steps, validations, seconds());
  }

  /** Goes on with the log of an earlier run, of which the listener is not told again. */
  void resume(Checkpoint.History history) {
    steps.addAll(history.steps());
    history.steps().forEach(step -> warnings.addAll(watch.step(step.values())));
    validations.addAll(history.validations());
    secondsBefore = history.seconds();
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
    TrainingLog log = new TrainingLog(name, steps, validations, interrupted, seconds(), warnings);
    listener.onEnd(log);
    return log;
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - start) / 1e9;
  }
}
