package org.eglr.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Lists cut out of a log, by numbers of users and items, before anything else is known of them. */
final class CutLists {

  private int size;
  private int[] users = new int[1 << 10];
  private long[] times = new long[1 << 10];
  private float[] utilities = new float[1 << 10];
  private int[] starts = new int[(1 << 10) + 1];
  private int[] items = new int[1 << 13];
  private final BitSet clicks = new BitSet();

  int size() {
    return size;
  }

  /**
   * Adds a list.
   *
   * @param shown the items in display order: the first {@code length} entries
   * @param clicked one flag an item
   */
  void add(int user, long time, int[] shown, boolean[] clicked, int length, float utility) {
    if (size == users.length) {
      users = Arrays.copyOf(users, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
      utilities = Arrays.copyOf(utilities, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size + 1);
    }
    int from = starts[size];
    if (from + length > items.length) {
      items = Arrays.copyOf(items, Math.max(from + length, from / 2 * 3));
    }
    System.arraycopy(shown, 0, items, from, length);
    for (int i = 0; i < length; i++) {
      clicks.set(from + i, clicked[i]);
    }
    users[size] = user;
    times[size] = time;
    utilities[size] = utility;
    starts[++size] = from + length;
  }

  /** Lists without a click. */
  int unclicked() {
    return (int)
        IntStream.range(0, size)
            .filter(
                list -> {
                  int first = clicks.nextSetBit(starts[list]);
                  return first < 0 || first >= starts[list + 1];
                })
            .count();
  }

  /** The ids of the users that have a list, ascending. */
  long[] userIds(LongIndex index) {
    return ids(index, users, size);
  }

  /** The ids of the items that stand in a list, ascending. */
  long[] itemIds(LongIndex index) {
    return ids(index, items, starts[size]);
  }

  private static long[] ids(LongIndex index, int[] numbers, int count) {
    BitSet used = new BitSet(index.size());
    for (int i = 0; i < count; i++) {
      used.set(numbers[i]);
    }
    return used.stream().mapToLong(index::id).sorted().toArray();
  }

  /**
   * Puts the lists into a log.
   *
   * @param userIds what {@link #userIds} gave: the order of the log's users
   * @param itemIds what {@link #itemIds} gave: the order of the log's items
   */
  void addTo(
      ListLog.Builder log,
      LongIndex userIndex,
      long[] userIds,
      LongIndex itemIndex,
      long[] itemIds) {
    int[] userRows = rows(userIndex, userIds);
    int[] itemRows = rows(itemIndex, itemIds);
    for (int list = 0; list < size; list++) {
      int from = starts[list];
      int[] pool = new int[starts[list + 1] - from];
      boolean[] clicked = new boolean[pool.length];
      for (int i = 0; i < pool.length; i++) {
        pool[i] = itemRows[items[from + i]];
        clicked[i] = clicks.get(from + i);
      }
      log.add(userRows[users[list]], times[list], pool, clicked, utilities[list]);
    }
  }

  private static int[] rows(LongIndex index, long[] ids) {
    int[] rows = new int[index.size()];
    for (int row = 0; row < ids.length; row++) {
      rows[index.find(ids[row])] = row;
    }
    return rows;
  }
}
