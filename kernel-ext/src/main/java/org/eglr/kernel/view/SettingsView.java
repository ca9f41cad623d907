package org.eglr.kernel.view;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.Eglr;
import org.eglr.Engine;
import org.eglr.Evaluator;
import org.eglr.Settings;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.rerank.LearnedReranker;
import org.eglr.rerank.RerankerModel;
import org.eglr.rerank.RerankerModels;

/** A model's settings, those that differ from the defaults marked. */
public final class SettingsView {

  private static final String ENGINE = "engine";

  private SettingsView() {}

  public static TableView of(Eglr model) {
    Map<String, Object> values = flat(model.settings());
    values.put(ENGINE, model.engine());
    return fill(
            new TableView("EGLR model, %s weights".formatted(Numbers.show(model.parameters()))),
            values,
            usual())
        .note(
            "evaluator %s, generator %s"
                .formatted(trained(model.evaluatorTrained()), trained(model.generatorTrained())))
        .note("computes on " + model.hardware());
  }

  public static TableView of(Evaluator evaluator) {
    Map<String, Object> values = flat(evaluator.settings());
    flat(evaluator.settings().reasoning()).keySet().forEach(values::remove); // a generator's
    values.remove("trainFeatures");
    values.put(ENGINE, evaluator.engine());
    String title = "Evaluator, %s weights".formatted(Numbers.show(evaluator.parameters()));
    return fill(new TableView(title), values, usual()).note(trained(evaluator.trained()));
  }

  public static TableView of(LearnedReranker reranker) {
    RerankerModel model = reranker.model();
    String title = "%s, %s weights".formatted(reranker.name(), Numbers.show(reranker.parameters()));
    Map<String, Object> usual =
        RerankerModels.names().stream()
            .map(RerankerModels::named)
            .filter(known -> known.getClass() == model.getClass())
            .findFirst()
            .map(RerankerModels::settings)
            .orElse(Map.of());
    TableView view = new TableView(title).text("setting").number("value").line("");
    RerankerModels.settings(model)
        .forEach(
            (name, value) ->
                view.row(
                    name,
                    String.valueOf(value),
                    value.equals(usual.get(name)) ? "default" : "default: " + usual.get(name)));
    view.row("seed", String.valueOf(reranker.seed()), "");
    return view.note(trained(reranker.trained()))
        .note(
            reranker.evaluator().isPresent()
                ? "an evaluator judges its lists"
                : "nobody judges its lists");
  }

  public static TableView of(Settings settings) {
    return fill(new TableView("Settings"), flat(settings), usual());
  }

  public static TableView of(Reasoning reasoning) {
    return fill(new TableView("Reasoning settings"), flat(reasoning), usual());
  }

  /** The default of a setting; null for one that there is not. */
  public static Object usual(String setting) {
    if (setting.equals("entropyThreshold")) { // short for a gate
      return ((Gate.Entropy) new ReasoningBuilder().build().gate()).nats();
    }
    return usual().get(setting);
  }

  private static TableView fill(
      TableView view, Map<String, Object> values, Map<String, Object> defaults) {
    view.text("setting").number("value").line("").text("meaning");
    values.forEach(
        (name, value) -> {
          Object usual = defaults.get(name);
          view.row(
              name,
              String.valueOf(value),
              value.equals(usual) ? "default" : "default: " + usual,
              SettingMeanings.of(name));
        });
    return view;
  }

  private static Map<String, Object> usual() {
    Schema any = new Schema(List.of(), List.of(), List.of(), List.of(new Scaling("any", 0, 1)));
    Map<String, Object> values = flat(Eglr.builder(any).settings());
    values.put(ENGINE, Engine.JAVA);
    return values;
  }

  /** The components of a record by name, those of records inside it in their place. */
  private static Map<String, Object> flat(Record settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(settings);
        if (value instanceof Gate gate) {
          values.put(component.getName(), gate.describe());
        } else if (value instanceof Record inner) {
          values.putAll(flat(inner));
        } else {
          values.put(component.getName(), value);
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("setting '" + component.getName() + "'", e);
      }
    }
    return values;
  }

  private static String trained(boolean done) {
    return done ? "trained" : "not trained yet";
  }
}
