package org.eglr.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against {@link StrictMath}, which is within one unit in the last place of the truth. */
class LogarithmTest {

  private static final double UNITS = 3;

  @Test
  void logarithms_of_all_magnitudes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000_000; i++) {
      double x = StrictMath.scalb(1 + random.nextDouble(), random.nextInt(-1022, 1024));
      same(StrictMath.log(x), Logarithm.of(x), x);
      double near = 1 + (random.nextDouble() - 0.5) * StrictMath.scalb(1, -random.nextInt(50));
      same(StrictMath.log(near), Logarithm.of(near), near);
    }
  }

  @Test
  void around_the_cells_borders() {
    for (int cell = 0; cell <= 256; cell++) {
      for (double border : new double[] {1 + cell / 256.0, 0.5 + cell / 512.0}) {
        for (double x : new double[] {Math.nextDown(border), border, Math.nextUp(border)}) {
          same(StrictMath.log(x), Logarithm.of(x), x);
        }
      }
    }
  }

  @Test
  void one_plus_small_and_large_values() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 1_000_000; i++) {
      double x = StrictMath.scalb(random.nextDouble(), -random.nextInt(200) + 20);
      same(StrictMath.log1p(x), Logarithm.ofOnePlus(x), x);
    }
    assertEquals(0, Logarithm.ofOnePlus(0));
  }

  @Test
  void what_has_no_logarithm() {
    assertEquals(Double.NEGATIVE_INFINITY, Logarithm.of(0));
    assertEquals(Double.NaN, Logarithm.of(-1));
    assertEquals(Double.NaN, Logarithm.of(Double.NaN));
    assertEquals(Double.POSITIVE_INFINITY, Logarithm.of(Double.POSITIVE_INFINITY));
    assertEquals(StrictMath.log(Double.MIN_VALUE), Logarithm.of(Double.MIN_VALUE));
    assertEquals(0, Logarithm.of(1));
  }

  private static void same(double expected, double actual, double of) {
    assertEquals(expected, actual, UNITS * Math.ulp(expected), () -> "of " + of);
  }
}
