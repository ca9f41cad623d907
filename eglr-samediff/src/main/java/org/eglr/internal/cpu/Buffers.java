package org.eglr.internal.cpu;

/** Arrays that are used again and grow when they must. */
final class Buffers {

  private Buffers() {}

  /** The array, or a larger one where it is too small; what it held is lost. */
  static float[] fit(float[] array, int size) {
    return array.length >= size ? array : new float[Math.addExact(size, size / 4)];
  }
}
