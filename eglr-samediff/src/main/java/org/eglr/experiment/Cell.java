package org.eglr.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eglr.EglrBuilder;
import org.eglr.EvaluatorBuilder;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;

/**
 * One row of an experiment.
 *
 * @param labels what is varied, with the value that this row has
 * @param settings all settings given: the fixed ones and those of this row
 * @param baseline whose lists are measured, without a generator; empty: one is trained
 */
record Cell(
    Map<String, String> labels, Map<NamedSetting, Choice> settings, Optional<Baseline> baseline) {

  Cell(Map<String, String> labels, Map<NamedSetting, Choice> settings) {
    this(labels, settings, Optional.empty());
  }

  /** In a few words: {@code maxSteps=2, token=PLAIN}; of a single variant its name alone. */
  String label() {
    if (baseline.isPresent()) {
      return baseline.get().label();
    }
    if (labels.size() == 1 && labels.containsKey(Grid.VARIANT)) {
      return labels.get(Grid.VARIANT);
    }
    return labels.isEmpty()
        ? "all settings fixed"
        : labels.entrySet().stream()
            .map(l -> l.getKey() + "=" + l.getValue())
            .collect(Collectors.joining(", "));
  }

  /** All settings as text, in a fixed order, as far as they pass. */
  String text(Predicate<NamedSetting> which) {
    return settings.entrySet().stream()
        .filter(setting -> which.test(setting.getKey()))
        .map(setting -> setting.getKey().qualified() + "=" + setting.getValue().label())
        .sorted()
        .collect(Collectors.joining("; "));
  }

  EglrBuilder configure(EglrBuilder builder) {
    each(Stage.MODEL, (setting, value) -> setting.apply(builder, value));
    return builder;
  }

  EvaluatorBuilder configure(EvaluatorBuilder builder) {
    each(Stage.MODEL, (setting, value) -> setting.apply(builder, value));
    return builder;
  }

  EvaluatorTraining configure(EvaluatorTraining options) {
    each(Stage.EVALUATOR, (setting, value) -> setting.apply(options, value));
    return options;
  }

  GrpoTraining configure(GrpoTraining options) {
    each(Stage.GRPO, (setting, value) -> setting.apply(options, value));
    return options;
  }

  private void each(Stage stage, BiConsumer<NamedSetting, Object> use) {
    settings.forEach(
        (setting, choice) -> {
          if (setting.stage() == stage) {
            use.accept(setting, choice.value());
          }
        });
  }

  Cell with(String axis, String label, Map<NamedSetting, Choice> more) {
    Map<String, String> named = new LinkedHashMap<>(labels);
    named.put(axis, label);
    Map<NamedSetting, Choice> all = new LinkedHashMap<>(settings);
    all.putAll(more);
    return new Cell(named, all);
  }
}
