package org.eglr.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What users were shown, one impression a row of a log, in any order: primitive columns of 16 bytes
 * a row (20 with values), and 4 more once they are grouped by user and time. 26 million rows take
 * about 520 MB.
 */
final class Impressions {

  private static final int CHUNK = 1 << 20;

  /** Of one user; a slice of so many is sorted by one number for time and place. */
  private static final int MOST_OF_USER = 1 << 21;

  /** Times are below, whether seconds or milliseconds since 1970. */
  static final long TIMES = 1L << 42;

  private final boolean withValues;
  private final List<int[]> users = new ArrayList<>();
  private final List<int[]> items = new ArrayList<>();
  private final List<long[]> times = new ArrayList<>();
  private final List<float[]> values = new ArrayList<>();
  private int[] lastUsers;
  private int[] lastItems;
  private long[] lastTimes;
  private float[] lastValues;
  private final long memory;
  private final long most;
  private int size;
  private int[] starts;
  private int[] order;

  Impressions(boolean withValues) {
    this(withValues, Runtime.getRuntime().maxMemory());
  }

  /**
   * @param withValues whether rows have a value
   * @param memory bytes, of which the rows may take three quarters
   */
  Impressions(boolean withValues, long memory) {
    this.withValues = withValues;
    this.memory = memory;
    most = Math.min(Integer.MAX_VALUE - 8L, memory / 4 * 3 / (withValues ? 24 : 20));
  }

  /** Number of rows. */
  int size() {
    return size;
  }

  /**
   * Adds a row.
   *
   * @param user a number from 0
   * @param item a number from 0, below 2^30
   * @param time 0 to {@link #TIMES}
   * @param file is named where there are more rows than the memory holds
   */
  void add(int user, long time, int item, boolean clicked, float value, Path file) {
    int at = size & (CHUNK - 1);
    if (at == 0) {
      chunk(file);
    }
    lastUsers[at] = user;
    lastItems[at] = item << 1 | (clicked ? 1 : 0);
    lastTimes[at] = time;
    if (withValues) {
      lastValues[at] = value;
    }
    size++;
  }

  private void chunk(Path file) {
    if (size + (long) CHUNK > most) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: more than %,d rows, which is what the memory of %,d MiB holds; give Java more (-Xmx), or a part of the file",
              file.getFileName(),
              size,
              memory >> 20));
    }
    users.add(lastUsers = new int[CHUNK]);
    items.add(lastItems = new int[CHUNK]);
    times.add(lastTimes = new long[CHUNK]);
    values.add(lastValues = withValues ? new float[CHUNK] : null);
  }

  /**
   * Groups the rows by user, each user's by time; rows of the same time keep their order.
   *
   * @param count number of users
   */
  void group(int count) {
    starts = new int[count + 1];
    for (int row = 0; row < size; row++) {
      starts[userOf(row) + 1]++;
    }
    for (int user = 0; user < count; user++) {
      starts[user + 1] += starts[user];
    }
    int[] next = Arrays.copyOf(starts, count);
    order = new int[size];
    for (int row = 0; row < size; row++) {
      order[next[userOf(row)]++] = row;
    }
    for (int user = 0; user < count; user++) {
      sort(starts[user], starts[user + 1]);
    }
  }

  private void sort(int from, int to) {
    int count = to - from;
    if (count > MOST_OF_USER) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "a user with %,d impressions, more than the %,d that are read; is the column of users the right one?",
              count,
              MOST_OF_USER));
    }
    long[] keys = new long[count];
    int[] rows = Arrays.copyOfRange(order, from, to);
    for (int i = 0; i < count; i++) {
      keys[i] = timeOf(rows[i]) * MOST_OF_USER | i;
    }
    Arrays.sort(keys);
    for (int i = 0; i < count; i++) {
      order[from + i] = rows[(int) keys[i] & (MOST_OF_USER - 1)];
    }
  }

  /** Where a user's impressions begin; those of the next user begin where they end. */
  int start(int user) {
    return starts[user];
  }

  /** The time of an impression, by its place among the grouped. */
  long time(int place) {
    return timeOf(order[place]);
  }

  /** The item of an impression, by its place among the grouped. */
  int item(int place) {
    return packed(order[place]) >>> 1;
  }

  boolean clicked(int place) {
    return (packed(order[place]) & 1) == 1;
  }

  /** The value of an impression, by its place among the grouped. */
  float value(int place) {
    int row = order[place];
    return values.get(row / CHUNK)[row & (CHUNK - 1)];
  }

  private int userOf(int row) {
    return users.get(row / CHUNK)[row & (CHUNK - 1)];
  }

  private int packed(int row) {
    return items.get(row / CHUNK)[row & (CHUNK - 1)];
  }

  private long timeOf(int row) {
    return times.get(row / CHUNK)[row & (CHUNK - 1)];
  }
}
