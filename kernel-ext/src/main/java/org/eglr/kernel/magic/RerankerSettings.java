package org.eglr.kernel.magic;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eglr.Eglr;
import org.eglr.Evaluator;
import org.eglr.data.Schema;
import org.eglr.kernel.EglrError;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.rerank.LearnedReranker;
import org.eglr.rerank.RerankerBuilder;
import org.eglr.rerank.RerankerModel;
import org.eglr.rerank.RerankerModels;
import org.eglr.rerank.StepModel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code %eglr model KIND}: the settings of each kind of model under their own names. */
final class RerankerSettings {

  private static final String EMBEDDING = "embedding";
  private static final String PLACES = "places";
  private static final String SEED = "seed";

  /** EGLR's module in another decoder. */
  private static final List<String> REASONING =
      List.of(
          "maxSteps",
          "gate",
          "entropyThreshold",
          "baseTemperature",
          "exploration",
          "dynamicTemperature");

  private static final List<String> OTHER = List.of("--data", "--as");

  /** Settings of models, each with the models that have it. */
  private static final Map<String, List<String>> OWNERS = new LinkedHashMap<>();

  /** What these settings take; the models read their texts. */
  private static final Map<String, Class<?>> TYPES = new LinkedHashMap<>();

  static {
    for (String name : RerankerModels.names()) {
      for (RecordComponent c : RerankerModels.named(name).getClass().getRecordComponents()) {
        OWNERS.computeIfAbsent(c.getName(), n -> new ArrayList<>()).add(name);
        TYPES.putIfAbsent(c.getName(), c.getType().isEnum() ? c.getType() : String.class);
      }
    }
    OWNERS.put(PLACES, List.of("those that read the initial order"));
    TYPES.put(PLACES, Integer.class);
  }

  private RerankerSettings() {}

  /** Adds what the command does not have yet, saying which models have it. */
  static void addTo(CommandSpec command) {
    OWNERS.forEach(
        (setting, models) -> {
          if (!ModelSettings.has(setting)) {
            command.addOption(
                OptionSpec.builder("--" + setting)
                    .type(TYPES.get(setting))
                    .arity("1")
                    .paramLabel("VALUE")
                    .description("of " + String.join(", ", models))
                    .build());
          }
        });
  }

  /** Refuses settings of other models where EGLR's own is made. */
  static void requireNone(ParseResult given) {
    for (OptionSpec option : given.matchedOptions()) {
      String name = option.longestName();
      List<String> models = OWNERS.get(name.substring(2));
      if (models != null && !ModelSettings.has(name.substring(2))) {
        throw new EglrError(
            "%s is a setting of %s: name the model, %%eglr model KIND %s VALUE"
                .formatted(name, String.join(", ", models), name));
      }
    }
  }

  /**
   * Makes a re-ranker.
   *
   * @param evaluator a trained one; empty where there is none
   */
  static LearnedReranker make(
      String kind, Schema schema, Optional<Evaluator> evaluator, ParseResult given) {
    RerankerModel usual = RerankerModels.named(kind);
    Map<String, String> values = new LinkedHashMap<>();
    boolean reasons = false;
    List<String> known = known(usual);
    for (OptionSpec option : given.matchedOptions()) {
      String name = option.longestName().substring(2);
      if (known.contains(name)) {
        values.put(name, option.originalStringValues().get(0));
        reasons |= REASONING.contains(name);
      } else if (!OTHER.contains(option.longestName())) {
        throw new EglrError(
            "%s has no setting '%s'; it has %s".formatted(kind, name, String.join(", ", known)));
      }
    }
    values.keySet().removeAll(REASONING);
    String embedding = values.remove(EMBEDDING);
    String places = values.remove(PLACES);
    String seed = values.remove(SEED);
    RerankerModel model = RerankerModels.with(usual, values);
    if (RerankerModels.needsEvaluator(model) && evaluator.isEmpty()) {
      throw new EglrError(
          "'%s' learns from a trained evaluator: %%eglr model, then %%eglr train evaluator"
              .formatted(kind));
    }
    RerankerBuilder<RerankerModel> builder =
        evaluator
            .filter(e -> e.schema().equals(schema))
            .map(e -> RerankerBuilder.of(e, model))
            .orElseGet(() -> RerankerBuilder.of(schema, model));
    Optional.ofNullable(embedding).map(Integer::valueOf).ifPresent(builder::embedding);
    Optional.ofNullable(places).map(Integer::valueOf).ifPresent(builder::places);
    Optional.ofNullable(seed).map(Long::valueOf).ifPresent(builder::seed);
    if (reasons) {
      builder.withReasoning(
          (ReasoningBuilder reasoning) -> {
            ModelSettings.applyReasoning(reasoning, given);
            return reasoning;
          });
    }
    return builder.build();
  }

  private static List<String> known(RerankerModel model) {
    List<String> names = new ArrayList<>(RerankerModels.settings(model).keySet());
    names.add(EMBEDDING);
    names.add(SEED);
    if (model.readsInitialOrder()) {
      names.add(PLACES);
    }
    if (model instanceof StepModel steps && !steps.reasonsByItself()) {
      names.addAll(REASONING);
    }
    return names;
  }

  /** The notebook's trained evaluator: EGLR's, or one by itself. */
  static Optional<Evaluator> evaluator(Session session) {
    return session
        .value(Session.MODEL)
        .filter(Eglr.class::isInstance)
        .map(eglr -> ((Eglr) eglr).evaluator())
        .or(
            () ->
                session
                    .value("evaluator")
                    .filter(Evaluator.class::isInstance)
                    .map(Evaluator.class::cast))
        .filter(Evaluator::trained);
  }
}
