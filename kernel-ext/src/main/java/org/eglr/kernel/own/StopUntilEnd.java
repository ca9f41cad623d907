package org.eglr.kernel.own;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Stops a cell again and again until it has ended: at one moment nothing of it may run that an
 * interrupt reaches, and a training that was stopped may be followed by another.
 */
public final class StopUntilEnd {

  private static final long AGAIN_MILLIS = 50;

  /** Code that does not heed it is looked at more and more seldom. */
  private static final long MOST_MILLIS = 2000;

  private StopUntilEnd() {}

  /**
   * Begins to, on a thread of its own.
   *
   * @param goesOn whether the stop is yet to be honoured
   * @param interrupt cancels what the cell runs
   */
  public static void start(BooleanSupplier goesOn, Runnable interrupt) {
    List<CellThreads.Code> stopped = CellThreads.running();
    Thread thread =
        new Thread(
            () -> {
              try {
                run(goesOn, interrupt, stopped);
              } catch (InterruptedException e) {
                // Then someone ends it.
              }
            },
            "eglr-stop");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(
      BooleanSupplier goesOn, Runnable interrupt, List<CellThreads.Code> stopped)
      throws InterruptedException {
    List<CellThreads.Code> left = stopped;
    long pause = AGAIN_MILLIS;
    while (goesOn.getAsBoolean() || !left.isEmpty()) {
      if (goesOn.getAsBoolean()) {
        interrupt.run();
      }
      left = CellThreads.interruptTrainings(left);
      Thread.sleep(goesOn.getAsBoolean() ? AGAIN_MILLIS : pause);
      pause = Math.min(MOST_MILLIS, pause + AGAIN_MILLIS / 5);
    }
  }
}
