package org.eglr.internal.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Items of lists, each once however many lists have it, and their vectors. */
public final class ItemVectors {

  private final Map<CandidateVectors, Used> pools = new LinkedHashMap<>();
  private final ItemRows rows = new ItemRows();

  /** The items of a pool that are used, in order of first use. */
  private static final class Used {
    private final int[] rowOf; // by item; -1: not used
    private int[] items = new int[8];
    private int count;

    Used(int pool) {
      rowOf = new int[pool];
      Arrays.fill(rowOf, -1);
    }
  }

  /**
   * The row of an item.
   *
   * @param pool which lists of one request share
   * @param item index into the pool
   */
  public int row(CandidateVectors pool, int item) {
    Used used = pools.computeIfAbsent(pool, p -> new Used(p.pool()));
    if (used.rowOf[item] < 0) {
      used.rowOf[item] = rows.add(pool.request(), item);
      if (used.count == used.items.length) {
        used.items = Arrays.copyOf(used.items, 2 * used.count);
      }
      used.items[used.count++] = item;
    }
    return used.rowOf[item];
  }

  /** Which item each row is about. */
  public ItemRows rows() {
    return rows;
  }

  /** The vectors of all rows, row-major [rows, d]. */
  public float[] values() {
    float[] values = new float[0];
    for (Map.Entry<CandidateVectors, Used> pool : pools.entrySet()) {
      Used used = pool.getValue();
      float[] z = pool.getKey().some(Arrays.copyOf(used.items, used.count));
      int width = z.length / used.count;
      if (values.length == 0) {
        values = new float[rows.size() * width];
      }
      for (int i = 0; i < used.count; i++) {
        System.arraycopy(z, i * width, values, used.rowOf[used.items[i]] * width, width);
      }
    }
    return values;
  }
}
