package org.eglr.internal.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Cuts work into parts of bounded size, the same whatever the number of threads. */
public final class Parts {

  private Parts() {}

  /** Entries from (inclusive) to (exclusive). */
  public record Part(int from, int to) {

    public int size() {
      return to - from;
    }

    public <T> List<T> of(List<T> all) {
      return all.subList(from, to);
    }
  }

  /**
   * Parts of neighbouring entries that are padded to the size of their largest.
   *
   * @param size of an entry
   * @param limit largest size of a part with its padding, unless a single entry is larger
   */
  public static List<Part> padded(int entries, IntToLongFunction size, long limit) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    long largest = 0;
    for (int entry = 0; entry < entries; entry++) {
      long own = size.applyAsLong(entry);
      if (entry > from && Math.max(largest, own) * (entry + 1 - from) > limit) {
        parts.add(new Part(from, entry));
        from = entry;
        largest = 0;
      }
      largest = Math.max(largest, own);
    }
    if (from < entries) {
      parts.add(new Part(from, entries));
    }
    return parts;
  }

  /**
   * As few {@link #padded} parts as the limit allows, the largest as small as can be: on a device
   * each costs something whatever its size, and parts of one size use one set of arrays.
   *
   * @param size of an entry
   * @param limit largest size of a part with its padding, unless a single entry is larger
   */
  public static List<Part> even(int entries, IntToLongFunction size, long limit) {
    long[] sizes = IntStream.range(0, entries).mapToLong(size).toArray();
    int fewest = padded(entries, i -> sizes[i], limit).size();
    long tooSmall = 0;
    long enough = limit;
    while (enough - tooSmall > 1) {
      long middle = tooSmall + (enough - tooSmall) / 2;
      if (padded(entries, i -> sizes[i], middle).size() > fewest) {
        tooSmall = middle;
      } else {
        enough = middle;
      }
    }
    return padded(entries, i -> sizes[i], enough);
  }

  /**
   * Parts of neighbouring entries.
   *
   * @param size of an entry
   * @param limit largest size of a part, unless a single entry is larger
   */
  public static List<Part> of(int entries, IntToLongFunction size, long limit) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    long sum = 0;
    for (int entry = 0; entry < entries; entry++) {
      long own = size.applyAsLong(entry);
      if (entry > from && sum + own > limit) {
        parts.add(new Part(from, entry));
        from = entry;
        sum = 0;
      }
      sum += own;
    }
    if (from < entries) {
      parts.add(new Part(from, entries));
    }
    return parts;
  }
}
