package org.eglr.data.sim;

import java.util.SplittableRandom;

/**
 * Random draws that are the same on every platform and Java version: all are derived from the
 * generator's 64 bits by arithmetic of our own.
 */
final class Draws {

  private final SplittableRandom bits;
  private double spare = Double.NaN;

  Draws(long seed) {
    bits = new SplittableRandom(seed);
  }

  /** An independent stream. */
  Draws fork() {
    return new Draws(bits.nextLong());
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return (bits.nextLong() >>> 11) * 0x1.0p-53;
  }

  /** A whole number, 0 to bound - 1. */
  int below(int bound) {
    return (int) (uniform() * bound);
  }

  /** So many whole numbers, each 0 to bound - 1. */
  int[] below(int bound, int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = below(bound);
    }
    return values;
  }

  /** Standard normal, by Marsaglia's polar method. */
  double normal() {
    if (!Double.isNaN(spare)) {
      double value = spare;
      spare = Double.NaN;
      return value;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
    spare = y * factor;
    return x * factor;
  }

  /** So many standard normal draws. */
  double[] normals(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = normal();
    }
    return values;
  }

  /** The numbers 0 to count - 1 in random order. */
  int[] order(int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    shuffleFront(numbers, count);
    return numbers;
  }

  /** Moves a sample without replacement, in random order, to the front of the array. */
  void shuffleFront(int[] values, int count) {
    for (int i = 0; i < count; i++) {
      int j = i + below(values.length - i);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }
}
