package org.eglr.data;

import java.util.Arrays;

/** Numbers whole-number ids from 0 in the order in which they are first seen. */
final class LongIndex {

  private static final int MOST = 1 << 29;

  /** Ids below are looked up at their own place, which most published logs make do with. */
  private static final int DIRECT = 1 << 23;

  private int[] direct = new int[1 << 10]; // as places
  private long[] ids = new long[1 << 10];
  private int[] places = new int[1 << 12]; // 1 + number, 0 where free
  private int size;
  private int hashed;

  /** Number of different ids. */
  int size() {
    return size;
  }

  /** The id with a number. */
  long id(int number) {
    return ids[number];
  }

  /** The number of an id, which gets the next one if it is new. */
  int add(long id) {
    int known = find(id);
    if (known >= 0) {
      return known;
    }
    if (size == MOST) {
      throw new IllegalStateException("more than %d different ids".formatted(MOST));
    }
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
    if (isDirect(id)) {
      if (id >= direct.length) {
        direct = Arrays.copyOf(direct, Integer.highestOneBit((int) id) << 1);
      }
      direct[(int) id] = size;
    } else {
      places[place(id)] = size;
      if (++hashed > places.length / 2) {
        grow();
      }
    }
    return size - 1;
  }

  /** The number of an id; -1 if it has none. */
  int find(long id) {
    if (isDirect(id)) {
      return id < direct.length ? direct[(int) id] - 1 : -1;
    }
    return places[place(id)] - 1;
  }

  private static boolean isDirect(long id) {
    return id >= 0 && id < DIRECT;
  }

  /** The numbers in the order of their ids. */
  int[] ascending() {
    long[] sorted = Arrays.copyOf(ids, size);
    Arrays.sort(sorted);
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = find(sorted[i]);
    }
    return numbers;
  }

  private int place(long id) {
    int mask = places.length - 1;
    long mixed = id * 0x9E3779B97F4A7C15L;
    int place = (int) (mixed >>> 32) & mask;
    while (places[place] != 0 && ids[places[place] - 1] != id) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    places = new int[2 * places.length];
    for (int number = 0; number < size; number++) {
      if (!isDirect(ids[number])) {
        places[place(ids[number])] = number + 1;
      }
    }
  }
}
