package org.eglr.internal.model;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A parameter before it has values, so that a model can be measured before it takes memory.
 *
 * @param start where its first values come from
 * @param scale bound of uniform ones, deviation of normal ones, or the constant
 * @param table whether it is an embedding table
 */
public record Parameter(String name, Start start, double scale, boolean table, int... shape) {

  /** Where first values come from. */
  public enum Start {
    UNIFORM,
    NORMAL,
    CONSTANT
  }

  /** Number of values. */
  public long size() {
    return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
  }

  /** All 0. */
  Tensor blank() {
    return new Tensor(name, shape, new float[Math.toIntExact(size())], table);
  }

  /** With its first values. */
  Tensor tensor(SplittableRandom random) {
    Tensor tensor = blank();
    float[] data = tensor.data();
    switch (start) {
      case UNIFORM -> {
        for (int i = 0; i < data.length; i++) {
          data[i] = (float) ((2 * random.nextDouble() - 1) * scale);
        }
      }
      case NORMAL -> {
        for (int i = 0; i < data.length; i++) {
          data[i] = (float) (random.nextGaussian() * scale);
        }
      }
      case CONSTANT -> Arrays.fill(data, (float) scale);
    }
    return tensor;
  }
}
