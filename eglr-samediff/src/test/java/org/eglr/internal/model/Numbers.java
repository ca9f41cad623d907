package org.eglr.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Comparison of arrays with a tolerance relative to the largest expected value, or to 0.001 where
 * all are smaller (a gradient that is zero but for rounding).
 */
public final class Numbers {

  private Numbers() {}

  public static void assertClose(
      double[] expected, double[] actual, double tolerance, String what) {
    assertEquals(expected.length, actual.length, what + ": number of values");
    double scale = 1e-3;
    for (double value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(expected[i] - actual[i]);
      assertTrue(
          difference <= tolerance * scale,
          "%s[%d]: expected %s, got %s".formatted(what, i, expected[i], actual[i]));
    }
  }

  public static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
