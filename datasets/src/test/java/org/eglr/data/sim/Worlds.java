package org.eglr.data.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.eglr.data.ListLog;

/** What the simulator's tests share. */
final class Worlds {

  private Worlds() {}

  static NeighbourClickModel truth(ListLog log) {
    return (NeighbourClickModel) log.truth().orElseThrow();
  }

  /** The items shown, in display order. */
  static int[] shown(ListLog log, int list) {
    int[] items = new int[log.length(list)];
    for (int k = 0; k < items.length; k++) {
      items[k] = log.candidate(list, k);
    }
    return items;
  }

  /** Distinct items drawn by the random numbers. */
  static int[] items(ListLog log, int count, SplittableRandom random) {
    return random.ints(0, log.items().size()).distinct().limit(count).toArray();
  }

  static String category(ListLog log, int item) {
    return log.items().categories(log.items().fields().get(1))[item];
  }

  /** All orders of the items. */
  static List<int[]> permutations(int[] items) {
    List<int[]> all = new ArrayList<>();
    permute(items.clone(), 0, all);
    return all;
  }

  private static void permute(int[] items, int fixed, List<int[]> all) {
    if (fixed == items.length) {
      all.add(items.clone());
    }
    for (int i = fixed; i < items.length; i++) {
      swap(items, fixed, i);
      permute(items, fixed + 1, all);
      swap(items, fixed, i);
    }
  }

  private static void swap(int[] items, int i, int j) {
    int item = items[i];
    items[i] = items[j];
    items[j] = item;
  }
}
