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

  private RerankerSettings() {}

  /** Adds what the command does not have yet, saying which models have it. */
  static void addTo(CommandSpec command) {
    Map<String, List<String>> owners = new LinkedHashMap<>();
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (String name : RerankerModels.names()) {
      for (RecordComponent c : RerankerModels.named(name).getClass().getRecordComponents()) {
        owners.computeIfAbsent(c.getName(), n -> new ArrayList<>()).add(name);
        types.putIfAbsent(c.getName(), c.getType());
      }
    }
    owners.put(PLACES, List.of("those that read the initial order"));
    owners.forEach(
        (setting, models) -> {
          if (command.findOption("--" + setting) == null) {
            Class<?> type = types.getOrDefault(setting, int.class);
            command.addOption(
                OptionSpec.builder("--" + setting)
                    .type(type.isEnum() ? type : String.class)
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
      if (String.join(" ", option.description()).startsWith("of ")) {
        throw new EglrError(
            "%s is a setting %s: name the model, %%eglr model KIND %s VALUE"
                .formatted(name, option.description()[0], name));
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
    boolean learnsFromEvaluator =
        usual instanceof StepModel steps
            && steps.stages().stream().anyMatch(stage -> stage.credit() != null);
    if (learnsFromEvaluator && evaluator.isEmpty()) {
      throw new EglrError(
          "'%s' learns from a trained evaluator: %%eglr model, then %%eglr train evaluator"
              .formatted(kind));
    }
    values.keySet().removeAll(REASONING);
    String embedding = values.remove(EMBEDDING);
    String places = values.remove(PLACES);
    String seed = values.remove(SEED);
    RerankerModel model = RerankerModels.with(usual, values);
    RerankerBuilder<RerankerModel> builder =
        evaluator
            .filter(e -> e.schema().equals(schema))
            .map(e -> RerankerBuilder.of(e, model))
            .orElseGet(() -> RerankerBuilder.of(schema, model));
    Optional.ofNullable(embedding).map(Integer::valueOf).ifPresent(builder::embedding);
    Optional.ofNullable(places).map(text -> whole(PLACES, text)).ifPresent(builder::places);
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

  private static int whole(String setting, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new EglrError("setting '%s' is %s; allowed: a whole number".formatted(setting, text));
    }
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
