package org.eglr.kernel.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eglr.kernel.EglrError;
import org.junit.jupiter.api.Test;

class ControlsTest {

  private final NumberControl threshold = new NumberControl("threshold", 0, 2.3, 0.1, 1.2);
  private final ChoiceControl<Integer> budget =
      new ChoiceControl<>("maxSteps", List.of(0, 1, 4), String::valueOf);

  @Test
  void numbersThatCannotBeAreRefusedInOneLine() {
    String remedy = "; write Slider.of(name, min, max, step, start)";
    Object[][] cases = {
      {2.0, 1.0, 0.1, 1.0, "min is 2, which is not below max, 1"},
      {1.0, 1.0, 0.1, 1.0, "min is 1, which is not below max, 1"},
      {0.0, 1.0, 0.0, 1.0, "step is 0; it must be above 0"},
      {0.0, 1.0, -0.5, 1.0, "step is -0.5; it must be above 0"},
      {0.0, 1.0, 1.5, 1.0, "step is 1.5, more than from min to max, 1"},
      {0.0, 2.3, 0.1, 2.4, "start is 2.4, not in the range 0 to 2.3"},
      {0.0, 2.3, 0.1, -0.1, "start is -0.1, not in the range 0 to 2.3"},
      {0.0, Double.NaN, 0.1, 1.0, "NaN is no number that a slider can have"},
      {0.0, Double.POSITIVE_INFINITY, 0.1, 1.0, "Infinity is no number that a slider can have"},
    };
    for (Object[] c : cases) {
      var error =
          assertThrows(
              EglrError.class,
              () ->
                  new NumberControl(
                      "t", (Double) c[0], (Double) c[1], (Double) c[2], (Double) c[3]));
      assertEquals("slider 't': " + c[4] + remedy, error.getMessage());
    }
  }

  @Test
  void aValueIsPutOnTheNearestStepWithoutTheErrorsOfBinaryNumbers() {
    assertEquals(Optional.of(0.3), told(0.1 + 0.2));
    assertEquals(Optional.of(2.3), told(2.3000000000000003));
    assertEquals(Optional.of(0.0), told(0));
    assertEquals(Optional.of(1.7), told(1.6999));
    var uneven = new NumberControl("x", 0, 1, 0.3, 0.0);
    assertEquals(Optional.of(0.9), uneven.value(Map.of("value", 0.95)));
    assertEquals(Optional.of(0.9), uneven.value(Map.of("value", 1)), "max is between two steps");
    var wide = new NumberControl("x", 0, 1, 0.4, 0.0);
    assertEquals(Optional.of(1.0), wide.value(Map.of("value", 1)), "the step above it is beyond");
  }

  @Test
  void whatIsNoValueIsPassedOver() {
    assertEquals(Optional.empty(), told("1.2"));
    assertEquals(Optional.empty(), told(null));
    assertEquals(Optional.empty(), told(2.4));
    assertEquals(Optional.empty(), told(-0.1));
    assertEquals(Optional.empty(), told(1e300));
    assertEquals(Optional.empty(), told(Double.NaN));
    assertEquals(Optional.empty(), threshold.value(Map.of("index", 1)));
  }

  private Optional<Double> told(Object value) {
    return threshold.value(Collections.singletonMap("value", value));
  }

  @Test
  void asManyDecimalsAreShownAsTheStepsHave() {
    assertEquals(".1f", threshold.state(1.2).get("readout_format"));
    assertEquals(".0f", new NumberControl("M", 0, 40, 10, 20.0).state(20.0).get("readout_format"));
    assertEquals(
        ".2f", new NumberControl("x", 0.25, 4.25, 1, 1.25).state(1.25).get("readout_format"));
    assertEquals("0 to 2.3 in steps of 0.1", threshold.range());
    assertEquals("2", new NumberControl("M", 0, 4, 1, 2.0).text(2.0));
  }

  @Test
  void aChoiceTellsItsValueByNumber() {
    assertEquals(Optional.of(4), budget.value(Map.of("index", 2)));
    assertEquals(Optional.empty(), budget.value(Map.of("index", 3)));
    assertEquals(Optional.empty(), budget.value(Map.of("index", -1)));
    assertEquals(Optional.empty(), budget.value(Map.of("value", 1)));
    assertEquals(List.of("0", "1", "4"), budget.state(1).get("_options_labels"));
    assertEquals(1, budget.state(1).get("index"));
    assertEquals("0, 1, 4", budget.range());
    var error =
        assertThrows(
            EglrError.class, () -> new ChoiceControl<>("gate", List.of(1), String::valueOf));
    assertEquals("slider 'gate' has 1 value; give at least two", error.getMessage());
  }
}
