package org.eglr;

import java.util.Arrays;
import java.util.Locale;

/**
 * A parameter of a model: a copy, which later training does not change.
 *
 * @param shape [out, in] for linear layers, [ids, width] for embedding tables, [n] for vectors
 * @param values row-major, as many as the shape's product
 */
public record ParameterArray(int[] shape, float[] values) {

  /**
   * One value.
   *
   * @param index one number a dimension, each from 0
   * @throws IndexOutOfBoundsException if there is no such value
   */
  public float at(int... index) {
    int place = 0;
    boolean inside = index.length == shape.length;
    for (int i = 0; inside && i < shape.length; i++) {
      inside = index[i] >= 0 && index[i] < shape[i];
      place = place * shape[i] + index[i];
    }
    if (!inside) {
      throw new IndexOutOfBoundsException(
          "there is no value at %s in a parameter of shape %s"
              .formatted(Arrays.toString(index), Arrays.toString(shape)));
    }
    return values[place];
  }

  /** Shape, mean and deviation in one line. */
  @Override
  public String toString() {
    double mean = 0;
    double square = 0;
    for (float value : values) {
      mean += value / values.length;
      square += (double) value * value / values.length;
    }
    return String.format(
        Locale.ROOT,
        "%s, mean %.3g, deviation %.3g",
        Arrays.toString(shape),
        mean,
        Math.sqrt(Math.max(0, square - mean * mean)));
  }
}
