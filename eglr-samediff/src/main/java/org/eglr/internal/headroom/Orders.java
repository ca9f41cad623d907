package org.eglr.internal.headroom;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Small changes of lists. */
final class Orders {

  private Orders() {}

  /** The candidates of a pool that are not in a list, ascending. */
  static int[] others(int[] order, int pool) {
    boolean[] taken = new boolean[pool];
    for (int candidate : order) {
      taken[candidate] = true;
    }
    return IntStream.range(0, pool).filter(i -> !taken[i]).toArray();
  }

  static int[] append(int[] order, int candidate) {
    int[] longer = Arrays.copyOf(order, order.length + 1);
    longer[order.length] = candidate;
    return longer;
  }

  static int[] swapped(int[] order, int i, int j) {
    int[] other = order.clone();
    other[i] = order[j];
    other[j] = order[i];
    return other;
  }

  static int[] replaced(int[] order, int position, int candidate) {
    int[] other = order.clone();
    other[position] = candidate;
    return other;
  }
}
