package org.eglr.data;

/**
 * Standardises a dense field by training's mean and standard deviation. A missing value (NaN)
 * becomes 0, the mean; scaled values are cut to ±{@value #LIMIT} so that an outlier of later data
 * cannot overwhelm a model.
 *
 * @param field the field's name
 * @param mean training's mean
 * @param deviation training's standard deviation; positive
 */
public record Scaling(String field, double mean, double deviation) {

  static final double LIMIT = 10;

  /** A spread this small beside the mean is rounding error, not information. */
  private static final double ROUNDING = 1e-12;

  public Scaling {
    if (!Double.isFinite(mean) || !Double.isFinite(deviation) || deviation <= 0) {
      throw new DataException(
          "scaling of '%s': mean %s, deviation %s; both must be finite, the deviation above 0"
              .formatted(field, mean, deviation));
    }
  }

  /**
   * By what was found in training's values; a constant field gets deviation 1.
   *
   * @param deviation the population's; at least 0
   */
  public static Scaling fitted(String field, double mean, double deviation) {
    return new Scaling(field, mean, deviation > ROUNDING * Math.abs(mean) ? deviation : 1);
  }

  /** Mean and population deviation of the finite values; a constant field gets deviation 1. */
  static Scaling of(String field, double[] values) {
    ScalingFit fit = new ScalingFit();
    for (double value : values) {
      fit.first(value);
    }
    for (double value : values) {
      fit.second(value);
    }
    return fit.scaling(field);
  }

  /** The standardised value; within ±{@value #LIMIT}. */
  public float apply(double value) {
    if (Double.isNaN(value)) {
      return 0;
    }
    return (float) Math.max(-LIMIT, Math.min(LIMIT, (value - mean) / deviation));
  }
}
