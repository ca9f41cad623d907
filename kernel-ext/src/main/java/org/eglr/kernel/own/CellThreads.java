package org.eglr.kernel.own;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The threads that run cells. After an interrupt JJava gives a cell up while its code still runs.
 */
public final class CellThreads {

  private static final String CELL = "REPL.$JShell$";
  private static final String EXECUTOR = "jjava-exec-";

  private CellThreads() {}

  /**
   * Waits until no cell's code runs.
   *
   * @param millis at most
   * @return whether none runs any more
   */
  public static boolean awaitEnd(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (anyRuns()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private static boolean anyRuns() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey() != Thread.currentThread())
        .filter(thread -> thread.getKey().getName().startsWith(EXECUTOR))
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .anyMatch(frame -> frame.getClassName().startsWith(CELL));
  }
}
