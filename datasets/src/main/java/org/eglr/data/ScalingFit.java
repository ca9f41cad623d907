package org.eglr.data;

/**
 * Fits a {@link Scaling} to values that pass by twice, one after the other: all of them to {@link
 * #first}, then all of them, in the same order, to {@link #second}. Sums are taken in that order.
 */
public final class ScalingFit {

  private double sum;
  private long count;
  private double squares;

  /** Takes a value of the first pass; one that is not finite is passed over. */
  public void first(double value) {
    if (Double.isFinite(value)) {
      sum += value;
      count++;
    }
  }

  /** Takes a value of the second pass. */
  public void second(double value) {
    if (Double.isFinite(value)) {
      double mean = mean();
      squares += (value - mean) * (value - mean);
    }
  }

  private double mean() {
    return count == 0 ? 0 : sum / count;
  }

  /**
   * Mean and population deviation; a constant field gets deviation 1.
   *
   * @param field the field's name
   */
  public Scaling scaling(String field) {
    return Scaling.fitted(field, mean(), count == 0 ? 0 : Math.sqrt(squares / count));
  }
}
