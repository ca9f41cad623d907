package org.eglr.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Mean and deviation of values that pass by twice. */
class ScalingFitTest {

  private static Scaling of(double... values) {
    ScalingFit fit = new ScalingFit();
    for (double value : values) {
      fit.first(value);
    }
    for (double value : values) {
      fit.second(value);
    }
    return fit.scaling("price");
  }

  @Test
  void meanAndPopulationDeviation() {
    assertEquals(new Scaling("price", 5, 2), of(2, 4, 4, 4, 5, 5, 7, 9));
  }

  @Test
  void whatIsNotFiniteIsPassedOver() {
    assertEquals(of(1, 3), of(Double.NaN, 1, Double.POSITIVE_INFINITY, 3));
  }

  @Test
  void withoutSpreadTheDeviationIsOne() {
    assertEquals(new Scaling("price", 3, 1), of(3, 3, 3));
    assertEquals(new Scaling("price", 0, 1), of());
  }
}
