package org.eglr.rerank;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.internal.check.Setting;
import org.eglr.internal.rerank.ModelKinds;

/** The library's models by name, and their settings as text: for magics, files and grids. */
public final class RerankerModels {

  private RerankerModels() {}

  /** Names of the models, such as "prm" and "eg-rerank". */
  public static List<String> names() {
    return List.copyOf(ModelKinds.all().keySet());
  }

  /**
   * A model with its usual settings.
   *
   * @throws IllegalArgumentException naming all models if there is no such one
   */
  public static RerankerModel named(String name) {
    RerankerModel model = ModelKinds.all().get(name);
    Setting.require(model != null, "model", name, String.join(", ", names()));
    return model;
  }

  /** Whether a model learns from an evaluator that its re-ranker must be given. */
  public static boolean needsEvaluator(RerankerModel model) {
    return model instanceof StepModel steps
        && steps.stages().stream().anyMatch(TrainingStage::needsEvaluator);
  }

  /** Settings of a model by name; none of one that is no record. */
  public static Map<String, Object> settings(RerankerModel model) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : components(model)) {
      try {
        values.put(component.getName(), component.getAccessor().invoke(model));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("setting '" + component.getName() + "'", e);
      }
    }
    return values;
  }

  /**
   * A model with other settings.
   *
   * @param settings text by name: numbers, names of constants in either case, numbers with commas
   * @throws IllegalArgumentException naming the setting, its value and what is allowed
   */
  public static <M extends RerankerModel> M with(M model, Map<String, String> settings) {
    RecordComponent[] components = components(model);
    List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
    settings.forEach(
        (name, value) ->
            Setting.require(
                names.contains(name), "setting", name, "of " + model.name() + ": " + names));
    Map<String, Object> values = settings(model);
    Object[] arguments =
        Arrays.stream(components)
            .map(
                c ->
                    settings.containsKey(c.getName())
                        ? value(c.getName(), c.getType(), settings.get(c.getName()))
                        : values.get(c.getName()))
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      @SuppressWarnings("unchecked")
      Class<M> type = (Class<M>) model.getClass();
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(model.name(), e);
    }
  }

  private static RecordComponent[] components(RerankerModel model) {
    RecordComponent[] components = model.getClass().getRecordComponents();
    return components == null ? new RecordComponent[0] : components;
  }

  private static Object value(String name, Class<?> type, String text) {
    try {
      if (type == int.class) {
        return Integer.parseInt(text.strip());
      }
      if (type == double.class) {
        return Double.parseDouble(text.strip());
      }
      if (type == List.class) {
        return Arrays.stream(text.split(",")).map(String::strip).map(Double::valueOf).toList();
      }
    } catch (NumberFormatException e) {
      Setting.require(
          false, name, text, type == int.class ? "a whole number" : "numbers such as 0.5");
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> constant.toString().equalsIgnoreCase(text.strip()))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "setting '%s' is %s; allowed: %s"
                          .formatted(name, text, Arrays.toString(type.getEnumConstants()))));
    }
    return text;
  }
}
