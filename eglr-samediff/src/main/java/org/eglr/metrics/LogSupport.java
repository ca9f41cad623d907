package org.eglr.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eglr.data.ListSet;
import org.eglr.data.Request;

/**
 * What a log has shown where: how often each item stood at each position, and how often it could
 * have. An evaluator trained on the log can only guess about the rest, and who looks for the lists
 * that it likes best looks for its wrong guesses, too. Items are told apart by their categorical
 * fields, where there are none by their dense ones. Immutable; for any number of threads.
 */
public final class LogSupport {

  /** Counts of one item. */
  private static final class Counts {
    int offered;
    int shown;
    int[] at = new int[0];

    void show(int position) {
      if (position >= at.length) {
        at = Arrays.copyOf(at, position + 1);
      }
      at[position]++;
      shown++;
    }
  }

  private static final Counts NONE = new Counts();

  private final Map<Long, Counts> items = new HashMap<>();
  private final int lists;

  private LogSupport(int lists) {
    this.lists = lists;
  }

  /** Counts what lists have shown: of each pool the first items, as many as the list is long. */
  public static LogSupport of(ListSet lists) {
    LogSupport support = new LogSupport(lists.size());
    for (int list = 0; list < lists.size(); list++) {
      Request request = lists.request(list);
      for (int i = 0; i < request.pool(); i++) {
        Counts counts = support.items.computeIfAbsent(identity(request, i), item -> new Counts());
        counts.offered++;
        if (i < request.length()) {
          counts.show(i);
        }
      }
    }
    return support;
  }

  /** Lists counted. */
  public int lists() {
    return lists;
  }

  /** Lists whose pool had the item, shown or not; 0 or more. */
  public int offered(Request request, int candidate) {
    return counts(request, candidate).offered;
  }

  /** Lists that showed the item, wherever; 0 or more. */
  public int shown(Request request, int candidate) {
    return counts(request, candidate).shown;
  }

  /**
   * Lists that showed the item at a position; 0 or more.
   *
   * @param candidate index into the request's pool
   * @param position from 0
   */
  public int shown(Request request, int candidate, int position) {
    Counts counts = counts(request, candidate);
    return position < counts.at.length ? counts.at[position] : 0;
  }

  /**
   * How much the logging policy avoided an item: {@code -log((m + 0.5) / (n + 1))} for one that was
   * shown m times in n pools, the negative logarithm of how often it was shown where it could have
   * been (of Jeffreys' prior, the mean). About 0 for an item that was always shown, {@code log(2 (n
   * + 1))} for one that never was; of an item that no pool had, {@code log 2}.
   */
  public double avoidance(Request request, int candidate) {
    Counts counts = counts(request, candidate);
    return -StrictMath.log((counts.shown + 0.5) / (counts.offered + 1.0));
  }

  private Counts counts(Request request, int candidate) {
    return items.getOrDefault(identity(request, candidate), NONE);
  }

  private static long identity(Request request, int candidate) {
    int fields = request.schema().itemCategories().size();
    if (fields > 0) {
      return mixed(request.itemIds(), candidate * fields, fields);
    }
    int values = request.schema().itemValues().size();
    int[] bits = new int[values];
    for (int f = 0; f < values; f++) {
      bits[f] = Float.floatToIntBits(request.itemValues()[candidate * values + f]);
    }
    return mixed(bits, 0, values);
  }

  /** 64 bits that differ, but for chance, where the numbers do. */
  private static long mixed(int[] numbers, int from, int count) {
    long hash = 0x9E3779B97F4A7C15L;
    for (int i = from; i < from + count; i++) {
      hash = (hash ^ numbers[i]) * 0xBF58476D1CE4E5B9L;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
