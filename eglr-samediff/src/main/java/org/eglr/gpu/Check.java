package org.eglr.gpu;

import java.util.Map;

/**
 * One comparison.
 *
 * @param name what was compared
 * @param error the largest deviation found, in units of the largest expected value unless the name
 *     says otherwise
 * @param limit the largest that is allowed
 * @param note what else there is to say; may be empty
 */
record Check(String name, double error, double limit, String note) {

  /** Scales below this are not divided by: a gradient that is zero but for rounding. */
  private static final double FLOOR = 1e-3;

  boolean ok() {
    return error <= limit; // false for NaN
  }

  /** Arrays element by element, relative to the largest expected value. */
  static Check close(String name, double[] expected, double[] actual, double limit) {
    if (expected.length != actual.length) {
      String note = "%d values instead of %d".formatted(actual.length, expected.length);
      return new Check(name, Double.POSITIVE_INFINITY, limit, note);
    }
    double scale = FLOOR;
    double worst = 0;
    for (double value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(expected[i] - actual[i]);
      worst = difference <= worst ? worst : difference; // NaN counts as worst
      if (Double.isNaN(worst)) {
        break;
      }
    }
    return new Check(name, worst / scale, limit, "");
  }

  /** The parameter whose gradients deviate most. */
  static Check worst(
      String name, Map<String, double[]> expected, Map<String, double[]> actual, double limit) {
    if (!expected.keySet().equals(actual.keySet())) {
      String note = "of %s instead of %s".formatted(actual.keySet(), expected.keySet());
      return new Check(name, Double.POSITIVE_INFINITY, limit, note);
    }
    Check worst = new Check(name, 0, limit, expected.size() + " parameters");
    for (var parameter : expected.entrySet()) {
      Check check = close(name, parameter.getValue(), actual.get(parameter.getKey()), limit);
      if (!(check.error() <= worst.error())) {
        worst = new Check(name, check.error(), limit, "worst: " + parameter.getKey());
      }
    }
    return worst;
  }

  static Check failed(String name, Throwable failure) {
    return new Check(name, Double.POSITIVE_INFINITY, 0, String.valueOf(failure));
  }
}
