package org.eglr.kernel.widget;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eglr.kernel.EglrError;

/**
 * A slider over numbers.
 *
 * @param min the least value
 * @param max the greatest value, above {@code min}
 * @param step from one value to the next, above 0 and no more than the whole range
 * @param start from {@code min} to {@code max}
 */
public record NumberControl(String name, double min, double max, double step, Double start)
    implements Control<Double> {

  /**
   * Checks the numbers.
   *
   * @throws EglrError if one of them cannot be
   */
  public NumberControl {
    for (double value : new double[] {min, max, step, start}) {
      require(name, Double.isFinite(value), value + " is no number that a slider can have");
    }
    require(name, min < max, "min is " + plain(min) + ", which is not below max, " + plain(max));
    require(name, step > 0, "step is " + plain(step) + "; it must be above 0");
    require(
        name,
        step <= max - min,
        "step is " + plain(step) + ", more than from min to max, " + plain(max - min));
    require(
        name,
        start >= min && start <= max,
        "start is " + plain(start) + ", not in the range " + plain(min) + " to " + plain(max));
  }

  private static void require(String name, boolean holds, String wrong) {
    if (!holds) {
      throw new EglrError(
          "slider '" + name + "': " + wrong + "; write Slider.of(name, min, max, step, start)");
    }
  }

  @Override
  public String range() {
    return plain(min) + " to " + plain(max) + " in steps of " + plain(step);
  }

  @Override
  public String text(Double value) {
    return plain(value);
  }

  @Override
  public Map<String, Object> state(Double value) {
    int decimals =
        Stream.of(min, step, start).mapToInt(v -> Math.max(0, decimal(v).scale())).max().orElse(0);
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("_model_name", "FloatSliderModel");
    state.put("_view_name", "FloatSliderView");
    state.put("min", min);
    state.put("max", max);
    state.put("step", step);
    state.put("value", value);
    state.put("readout_format", "." + decimals + "f");
    return state;
  }

  /** Front ends compute in binary: what they tell is put on the nearest step. */
  @Override
  public Optional<Double> value(Map<String, Object> change) {
    double told = change.get("value") instanceof Number n ? n.doubleValue() : Double.NaN;
    double slack = step / 1000;
    if (!(told >= min - slack && told <= max + slack)) {
      return Optional.empty();
    }
    BigDecimal steps = BigDecimal.valueOf(Math.round((told - min) / step));
    BigDecimal value = BigDecimal.valueOf(min).add(BigDecimal.valueOf(step).multiply(steps));
    return Optional.of(Math.min(max, value.doubleValue()));
  }

  private static BigDecimal decimal(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros();
  }

  private static String plain(double value) {
    return decimal(value).toPlainString();
  }
}
