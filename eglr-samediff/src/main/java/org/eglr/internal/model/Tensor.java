package org.eglr.internal.model;

import java.util.Arrays;

/**
 * A named parameter array, row-major.
 *
 * @param name as in the reference implementation's state
 * @param shape [out, in] for linear layers, [rows, width] for embedding tables, [n] for vectors
 * @param data the values
 * @param table whether it is an embedding table, which lives outside the graphs
 */
public record Tensor(String name, int[] shape, float[] data, boolean table) {

  public Tensor {
    if (data.length != Arrays.stream(shape).reduce(1, Math::multiplyExact)) {
      throw new IllegalArgumentException(
          "%s: %d values for shape %s".formatted(name, data.length, Arrays.toString(shape)));
    }
  }

  Tensor copy() {
    return new Tensor(name, shape, data.clone(), table);
  }
}
