package org.eglr.kernel.magic;

import static java.util.stream.Collectors.toSet;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eglr.Eglr;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.experiment.Experiment;
import org.eglr.experiment.NamedSetting;
import org.eglr.experiment.SettingCatalog;
import org.eglr.experiment.Stage;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/**
 * The variants of Figure 4, each trained by itself against one evaluator: taking reasoning away
 * from trained weights says nothing of a model that was trained without.
 */
record Ablations(Eglr model, Splits data, ListSet measured) {

  /**
   * @param seeds null: the model's own
   * @param further settings by name
   */
  Experiment experiment(List<Long> seeds, Map<String, ?> further) {
    Reasoning own = model.settings().reasoning();
    Experiment experiment =
        Experiment.of(data)
            .on(measured)
            .evaluator(model.evaluator())
            .fix("trainFeatures", model.settings().trainFeatures());
    keepReasoning(experiment, own);
    if (!further.containsKey("steps")) {
      model.generatorLog().ifPresent(log -> experiment.fix("steps", log.steps().size()));
    }
    further.forEach(experiment::fix);
    variant(experiment, "B: no reasoning", ReasoningToken.NONE, false);
    variant(experiment, "v1: plain token", ReasoningToken.PLAIN, false);
    variant(experiment, "v2: context-aware token", ReasoningToken.CONTEXT_AWARE, false);
    variant(experiment, "v3: + dynamic temperature", ReasoningToken.CONTEXT_AWARE, true);
    return seeds == null
        ? experiment.seeds(model.settings().seed())
        : experiment.seeds(seeds.stream().mapToLong(seed -> seed).toArray());
  }

  /** All of the model's reasoning settings but those that the variants differ in. */
  private static void keepReasoning(Experiment experiment, Reasoning own) {
    Set<String> settings =
        SettingCatalog.of(Stage.MODEL).stream().map(NamedSetting::name).collect(toSet());
    for (RecordComponent component : Reasoning.class.getRecordComponents()) {
      String name = component.getName();
      if (settings.contains(name) && !name.equals("token") && !name.equals("dynamicTemperature")) {
        try {
          experiment.fix(name, component.getAccessor().invoke(own));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("setting '" + name + "'", e);
        }
      }
    }
  }

  private static void variant(
      Experiment experiment, String name, ReasoningToken token, boolean dynamic) {
    experiment.variant(name, Map.of("token", token, "dynamicTemperature", dynamic));
  }
}
