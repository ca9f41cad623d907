package org.eglr.train;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eglr.internal.check.Setting;
import org.eglr.internal.check.TrainingWatch;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * A finished or interrupted training run.
 *
 * @param name "evaluator", "grpo", or a re-ranker's name, with its stage where it has several
 * @param steps every optimiser step
 * @param validations every measurement on validation lists; empty if there were none
 * @param interrupted whether it was stopped from outside; the best weights so far are kept
 * @param seconds wall-clock time
 * @param warnings what went wrong, each one sentence with the remedy: GRPO whose groups mostly have
 *     no spread, whose advantages are extreme, whose lists keep the input's order, or whose reward
 *     contradicts the truth, as means over 20 steps (see {@link TrainingStep})
 */
public record TrainingLog(
    String name,
    List<TrainingStep> steps,
    List<Validation> validations,
    boolean interrupted,
    double seconds,
    List<String> warnings) {

  public TrainingLog {
    steps = List.copyOf(steps);
    validations = List.copyOf(validations);
    warnings = List.copyOf(warnings);
  }

  /** With the warnings that the steps' measurements give. */
  public TrainingLog(
      String name,
      List<TrainingStep> steps,
      List<Validation> validations,
      boolean interrupted,
      double seconds) {
    this(name, steps, validations, interrupted, seconds, warnings(steps));
  }

  /**
   * The log of trainings that came one after the other, as the stages of one: steps are numbered
   * through, times go on, and {@link #best} is of the last.
   *
   * @param name of the whole
   * @param stages at least one, in their order
   */
  public static TrainingLog joined(String name, List<TrainingLog> stages) {
    Setting.require(!stages.isEmpty(), "stages", "none", "at least one");
    List<TrainingStep> steps = new ArrayList<>();
    List<Validation> validations = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    int total = stages.stream().mapToInt(TrainingLog::total).sum();
    double seconds = 0;
    for (TrainingLog stage : stages) {
      int taken = steps.size();
      for (Validation v : stage.validations) {
        validations.add(new Validation(taken + v.step(), v.values(), v.best()));
      }
      for (TrainingStep s : stage.steps) {
        double time = seconds + s.seconds();
        steps.add(new TrainingStep(taken + s.step(), total, time, s.values(), s.profile()));
      }
      warnings.addAll(stage.warnings);
      seconds += stage.seconds;
    }
    boolean interrupted = stages.stream().anyMatch(TrainingLog::interrupted);
    return new TrainingLog(name, steps, validations, interrupted, seconds, warnings);
  }

  /** Steps that it would have taken at most. */
  private int total() {
    return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).total();
  }

  private static List<String> warnings(List<TrainingStep> steps) {
    TrainingWatch watch = new TrainingWatch();
    return steps.stream().flatMap(step -> watch.step(step.values()).stream()).toList();
  }

  /** The measurement whose weights were kept. */
  public Optional<Validation> best() {
    return validations.stream().filter(Validation::best).reduce((a, b) -> b);
  }

  /** One row a step, one column a measurement. */
  public Table toTable() {
    Set<String> names = new LinkedHashSet<>();
    steps.forEach(step -> names.addAll(step.values().keySet()));
    Table table =
        Table.create(
            name,
            IntColumn.create("step", steps.stream().mapToInt(TrainingStep::step).toArray()),
            DoubleColumn.create(
                "seconds", steps.stream().mapToDouble(TrainingStep::seconds).toArray()));
    List<DoubleColumn> columns = new ArrayList<>();
    for (String value : names) {
      columns.add(
          DoubleColumn.create(
              value,
              steps.stream()
                  .mapToDouble(step -> step.values().getOrDefault(value, Double.NaN))
                  .toArray()));
    }
    return table.addColumns(columns.toArray(DoubleColumn[]::new));
  }

  /**
   * Steps, time and the measurement of the weights that were kept in a line; each warning in one.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%s: %d steps in %.1f s", name, steps.size(), seconds));
    text.append(interrupted ? ", interrupted" : "");
    best()
        .ifPresentOrElse(
            kept -> text.append("; kept: step ").append(kept.step()).append(shown(kept.values())),
            () ->
                steps.stream().reduce((a, b) -> b).ifPresent(s -> text.append(shown(s.values()))));
    warnings.forEach(warning -> text.append("\n").append(warning));
    return text.toString();
  }

  private static String shown(Map<String, Double> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (what, value) -> text.append(String.format(Locale.ROOT, ", %s %.4g", what, value)));
    return text.toString();
  }
}
