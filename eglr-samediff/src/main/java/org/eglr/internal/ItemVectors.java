package org.eglr.internal;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/** Vectors of items, each once however many lists have it. */
final class ItemVectors {

  private final int width;
  private final Map<float[], int[]> rowsOfPool = new IdentityHashMap<>();
  private float[] values = new float[0];
  private int count;

  ItemVectors(int width) {
    this.width = width;
  }

  /**
   * The row of an item.
   *
   * @param pool vectors of a pool's items [items, width]; lists of one request share the array
   * @param item index into the pool
   */
  int row(float[] pool, int item) {
    int[] rows = rowsOfPool.computeIfAbsent(pool, this::unused);
    if (rows[item] < 0) {
      rows[item] = count++;
      if (count * width > values.length) {
        values = Arrays.copyOf(values, Math.max(64 * width, 2 * values.length));
      }
      System.arraycopy(pool, item * width, values, rows[item] * width, width);
    }
    return rows[item];
  }

  private int[] unused(float[] pool) {
    int[] rows = new int[pool.length / width];
    Arrays.fill(rows, -1);
    return rows;
  }

  /** The vectors, row-major; as many rows as were asked for. */
  float[] all() {
    return Arrays.copyOf(values, count * width);
  }
}
