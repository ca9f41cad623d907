package org.eglr.internal.cpu;

/** Arrays that are used again and grow when they must, and matrices inside them. */
final class Buffers {

  private Buffers() {}

  /** The array, or a larger one where it is too small; what it held is lost. */
  static float[] fit(float[] array, int size) {
    return array.length >= size ? array : new float[Math.addExact(size, size / 4)];
  }

  /** B = A^T; A is [rows, columns], {@code aRow} and {@code bRow} the distances between rows. */
  static void transpose(
      int rows, int columns, float[] a, int aAt, int aRow, float[] b, int bAt, int bRow) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        b[bAt + c * bRow + r] = a[aAt + r * aRow + c];
      }
    }
  }
}
