package org.eglr.data;

import java.util.Arrays;

/** Numbers whole-number ids from 0 in the order in which they are first seen. */
final class LongIndex {

  private static final int MOST = 1 << 29;

  private long[] ids = new long[1 << 10];
  private int[] places = new int[1 << 12]; // 1 + number, 0 where free
  private int size;

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
    int place = place(id);
    if (places[place] != 0) {
      return places[place] - 1;
    }
    if (size == MOST) {
      throw new IllegalStateException("more than %d different ids".formatted(MOST));
    }
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size] = id;
    places[place] = ++size;
    if (size > places.length / 2) {
      grow();
    }
    return size - 1;
  }

  /** The number of an id; -1 if it has none. */
  int find(long id) {
    return places[place(id)] - 1;
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
      places[place(ids[number])] = number + 1;
    }
  }
}
