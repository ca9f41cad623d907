package org.eglr.kernel.magic;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.eglr.EglrBuilder;
import org.eglr.Engine;
import org.eglr.PairEffects;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.view.SettingMeanings;
import org.eglr.kernel.view.SettingsView;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.reasoning.ReasoningToken;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@code %eglr model}: the builder's settings under their own names. */
final class ModelSettings {

  private record Setting<B, T>(String name, Class<T> type, BiConsumer<B, T> apply) {

    void applyTo(B builder, ParseResult given) {
      T value = given.matchedOptionValue("--" + name, (T) null);
      if (value != null) {
        apply.accept(builder, value);
      }
    }
  }

  private static final List<Setting<EglrBuilder, ?>> SETTINGS =
      List.of(
          new Setting<>("width", Integer.class, EglrBuilder::width),
          new Setting<>("heads", Integer.class, EglrBuilder::heads),
          new Setting<>("evaluatorLayers", Integer.class, EglrBuilder::evaluatorLayers),
          new Setting<>("decoderLayers", Integer.class, EglrBuilder::decoderLayers),
          new Setting<>("feedForward", Integer.class, EglrBuilder::feedForward),
          new Setting<>("embedding", Integer.class, EglrBuilder::embedding),
          new Setting<>("position", Integer.class, EglrBuilder::position),
          new Setting<>("pairEffects", PairEffects.class, EglrBuilder::pairEffects),
          new Setting<>("generatorPairs", Boolean.class, EglrBuilder::generatorPairs),
          new Setting<>("members", Integer.class, EglrBuilder::members),
          new Setting<>("trainFeatures", Boolean.class, EglrBuilder::trainFeatures),
          new Setting<>("device", String.class, EglrBuilder::device),
          new Setting<>("seed", Long.class, EglrBuilder::seed),
          new Setting<>("engine", Engine.class, EglrBuilder::engine));

  private static final List<Setting<ReasoningBuilder, ?>> REASONING =
      List.of(
          new Setting<>("maxSteps", Integer.class, ReasoningBuilder::maxSteps),
          new Setting<>("entropyThreshold", Double.class, ReasoningBuilder::entropyThreshold),
          new Setting<>("gate", Gate.class, ReasoningBuilder::gate),
          new Setting<>("baseTemperature", Double.class, ReasoningBuilder::baseTemperature),
          new Setting<>("exploration", Double.class, ReasoningBuilder::exploration),
          new Setting<>("token", ReasoningToken.class, ReasoningBuilder::token),
          new Setting<>("query", QueryUpdate.class, ReasoningBuilder::query),
          new Setting<>("dynamicTemperature", Boolean.class, ReasoningBuilder::dynamicTemperature));

  private ModelSettings() {}

  /** Whether EGLR's own model has a setting. */
  static boolean has(String setting) {
    return all().anyMatch(own -> own.name.equals(setting));
  }

  private static Stream<Setting<?, ?>> all() {
    return Stream.concat(SETTINGS.stream(), REASONING.stream());
  }

  static void addTo(CommandSpec command) {
    for (Setting<?, ?> setting : all().toList()) {
      command.addOption(
          OptionSpec.builder("--" + setting.name)
              .type(setting.type)
              .arity("1")
              .paramLabel(label(setting.type))
              .description(SettingMeanings.of(setting.name))
              .initialValue(SettingsView.usual(setting.name))
              .build());
    }
  }

  private static String label(Class<?> type) {
    return type == Boolean.class ? "true|false" : type == Gate.class ? "GATE" : "VALUE";
  }

  /** Applies the settings that were given; the others keep their defaults. */
  static EglrBuilder apply(EglrBuilder builder, ParseResult given) {
    requireOneGate(given);
    SETTINGS.forEach(setting -> setting.applyTo(builder, given));
    builder.reasoning(
        reasoning -> {
          REASONING.forEach(setting -> setting.applyTo(reasoning, given));
          return reasoning;
        });
    return builder;
  }

  /** Applies those of reasoning alone, for EGLR's module in another decoder. */
  static void applyReasoning(ReasoningBuilder reasoning, ParseResult given) {
    requireOneGate(given);
    REASONING.forEach(setting -> setting.applyTo(reasoning, given));
  }

  private static void requireOneGate(ParseResult given) {
    if (given.hasMatchedOption("--gate") && given.hasMatchedOption("--entropyThreshold")) {
      throw new EglrError("--entropyThreshold X is short for --gate entropy:X: give one of them");
    }
  }
}
