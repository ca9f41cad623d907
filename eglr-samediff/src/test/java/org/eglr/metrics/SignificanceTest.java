package org.eglr.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignificanceTest {

  /** Tables of the normal distribution, and its far tail. */
  @Test
  void p_is_that_of_the_normal_distribution() {
    assertEquals(1, p(0), 1e-15);
    assertEquals(0.31731050786291415, p(1), 1e-14);
    assertEquals(0.04999579029644087, p(1.96), 1e-14);
    assertEquals(0.0026997960632601866, p(-3), 1e-15);
    assertEquals(1.9731752900753964e-9, p(6), 1e-22);
    assertEquals(1.5239706048321052e-23, p(10), 1e-34);
    assertTrue(Double.isNaN(Significance.p(new Metric("x", 1, Double.NaN))));
    assertEquals(1, Significance.p(new Metric("x", 0, 0)));
    assertEquals(0, Significance.p(new Metric("x", 1e-9, 0)));
  }

  private static double p(double z) {
    return Significance.p(new Metric("x", 0.3 * z, 0.3));
  }

  @Test
  void holm_is_as_by_hand() {
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02},
        Significance.holm(new double[] {0.01, 0.04, 0.03, 0.005}),
        1e-15);
    assertArrayEquals(
        new double[] {Double.NaN, 0.7, 0.02},
        Significance.holm(new double[] {Double.NaN, 0.7, 0.01}));
  }

  /** By its definition: rejected at any level by stepping down. */
  @Test
  void holm_rejects_what_stepping_down_rejects() {
    Random random = new Random(5);
    for (int trial = 0; trial < 300; trial++) {
      double[] p = random.doubles(1 + random.nextInt(6)).map(x -> x * x * x).toArray();
      double[] corrected = Significance.holm(p);
      double level = random.nextDouble();
      double[] sorted = p.clone();
      Arrays.sort(sorted);
      int rejected = 0;
      while (rejected < p.length && sorted[rejected] * (p.length - rejected) <= level) {
        rejected++;
      }
      assertEquals(rejected, Arrays.stream(corrected).filter(c -> c <= level).count());
    }
  }
}
