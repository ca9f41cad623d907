package org.eglr.internal.math;

/**
 * Sums of doubles, one value after the other: {@code DoubleStream} leaves order and compensation to
 * the JDK, and what a training does must not depend on it.
 */
public final class InOrder {

  private InOrder() {}

  /** The sum; 0 of no values. */
  public static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** The mean; 0 of no values. */
  public static double mean(double[] values) {
    return values.length == 0 ? 0 : sum(values) / values.length;
  }
}
