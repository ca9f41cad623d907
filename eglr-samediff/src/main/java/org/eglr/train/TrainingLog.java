package org.eglr.train;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * A finished or interrupted training run.
 *
 * @param name "evaluator" or "grpo"
 * @param steps every optimiser step
 * @param validations every measurement on validation lists; empty if there were none
 * @param interrupted whether it was stopped from outside; the best weights so far are kept
 * @param seconds wall-clock time
 */
public record TrainingLog(
    String name,
    List<TrainingStep> steps,
    List<Validation> validations,
    boolean interrupted,
    double seconds) {

  public TrainingLog {
    steps = List.copyOf(steps);
    validations = List.copyOf(validations);
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
}
