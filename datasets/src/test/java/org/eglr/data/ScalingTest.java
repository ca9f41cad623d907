package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalingTest {

  @Test
  void standardisesWhatItWasFittedOn() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      double centre = random.nextGaussian() * 1e6;
      double spread = Math.pow(10, random.nextInt(9) - 4);
      double[] values = random.doubles(200).map(v -> centre + spread * (v - 0.5)).toArray();
      Scaling scaling = Scaling.of("x", values);
      double sum = 0;
      double squares = 0;
      for (double value : values) {
        double scaled = scaling.apply(value);
        sum += scaled;
        squares += scaled * scaled;
      }
      assertEquals(0, sum / values.length, 1e-4, "seed " + seed);
      assertEquals(1, squares / values.length, 1e-4, "seed " + seed);
    }
  }

  @Test
  void missingIsTheMeanAndOutliersAreCut() {
    Scaling scaling = Scaling.of("x", new double[] {1, Double.NaN, 3});
    assertEquals(new Scaling("x", 2, 1), scaling);
    assertEquals(0, scaling.apply(Double.NaN));
    assertEquals(10, scaling.apply(1e30));
    assertEquals(-10, scaling.apply(Double.NEGATIVE_INFINITY));
  }

  @Test
  void constantAndEmptyFieldsGetDeviationOne() {
    assertEquals(new Scaling("x", 7, 1), Scaling.of("x", new double[] {7, 7}));
    assertEquals(new Scaling("x", 0, 1), Scaling.of("x", new double[] {0, 0}));
    assertEquals(new Scaling("x", 0, 1), Scaling.of("x", new double[] {Double.NaN}));
    assertEquals(1, Scaling.of("x", new double[] {0.1e9, 0.1e9, 0.1e9}).deviation());
    double[] rounding = {1e9 + 0.1, 1e9 + 0.1, Math.nextUp(1e9 + 0.1)};
    assertEquals(1, Scaling.of("x", rounding).deviation());
    assertEquals(1e-15, Scaling.of("x", new double[] {1e-15, 3e-15}).deviation(), 1e-20);
  }

  @Test
  void refusesNumbersThatCannotScale() {
    assertRefused(() -> new Scaling("x", 0, 0), "'x'", "deviation 0.0", "above 0");
    assertRefused(() -> new Scaling("x", Double.NaN, 1), "'x'", "mean NaN");
    assertRefused(() -> new Scaling("x", 0, Double.POSITIVE_INFINITY), "Infinity");
  }
}
