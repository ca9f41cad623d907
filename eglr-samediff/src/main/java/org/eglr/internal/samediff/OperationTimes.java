package org.eglr.internal.samediff;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the operations of all programs take, one by one: each is awaited, so that a device does not
 * go on to the next meanwhile. All together take longer than without.
 */
public final class OperationTimes {

  private static volatile OperationTimes present; // null: nobody asks

  private final Map<Kind, Row> rows = new HashMap<>();

  private OperationTimes() {}

  private record Kind(String operation, String shape) {}

  /**
   * Operations of one kind.
   *
   * @param operation ND4J's name
   * @param shape of the first output
   * @param count how many there were
   * @param milliseconds of all together
   */
  public record Row(String operation, String shape, long count, double milliseconds) {}

  /** From now on times are taken, those of before are forgotten. */
  public static void begin() {
    present = new OperationTimes();
  }

  /** Ends it; the dearest first. */
  public static List<Row> end() {
    OperationTimes taken = present;
    present = null;
    return taken == null ? List.of() : taken.rows();
  }

  /** Does something as an operation, and takes its time if that is asked for. */
  static void of(String operation, long[] shape, Runnable action) {
    OperationTimes taken = present;
    if (taken == null) {
      action.run();
      return;
    }
    Backend.await();
    long start = System.nanoTime();
    action.run();
    Backend.await();
    taken.add(new Kind(operation, Arrays.toString(shape)), (System.nanoTime() - start) / 1e6);
  }

  private synchronized void add(Kind kind, double ms) {
    rows.merge(
        kind,
        new Row(kind.operation, kind.shape, 1, ms),
        (a, b) ->
            new Row(a.operation, a.shape, a.count + b.count, a.milliseconds + b.milliseconds));
  }

  private synchronized List<Row> rows() {
    return rows.values().stream()
        .sorted(Comparator.comparingDouble(Row::milliseconds).reversed())
        .toList();
  }
}
