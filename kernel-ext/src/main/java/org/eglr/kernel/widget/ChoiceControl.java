package org.eglr.kernel.widget;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eglr.kernel.EglrError;

/**
 * A slider over a few values, each a stop of it.
 *
 * @param values at least two, in the slider's order; it starts at the first
 * @param words how a value is written
 * @param <T> their type
 */
public record ChoiceControl<T>(String name, List<T> values, Function<T, String> words)
    implements Control<T> {

  /**
   * Checks the values.
   *
   * @throws EglrError if there are fewer than two
   */
  public ChoiceControl {
    values = List.copyOf(values);
    if (values.size() < 2) {
      throw new EglrError(
          "slider '%s' has %d value; give at least two".formatted(name, values.size()));
    }
  }

  @Override
  public T start() {
    return values.get(0);
  }

  @Override
  public String range() {
    return String.join(", ", values.stream().map(words).toList());
  }

  @Override
  public String text(T value) {
    return words.apply(value);
  }

  @Override
  public Map<String, Object> state(T value) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("_model_name", "SelectionSliderModel");
    state.put("_view_name", "SelectionSliderView");
    state.put("_options_labels", values.stream().map(words).toList());
    state.put("index", values.indexOf(value));
    return state;
  }

  @Override
  public Optional<T> value(Map<String, Object> change) {
    return change.get("index") instanceof Integer index && index >= 0 && index < values.size()
        ? Optional.of(values.get(index))
        : Optional.empty();
  }
}
