package org.eglr.kernel.own;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;

/**
 * A call that may come to a user's code outside of what a cell runs: a result's {@code toString},
 * an exception's {@code getMessage}. It has a thread of its own, so that a stop can give it up
 * where it never ends; the kernel's own threads carry messages.
 */
public final class AsideCall {

  private static final long LOOK_MILLIS = 20;

  /** The call was given up. */
  public static final class Stopped extends Exception {

    private static final long serialVersionUID = 1L;

    private Stopped() {
      super("stopped", null, false, false);
    }
  }

  private AsideCall() {}

  /**
   * Makes the call, and throws what it throws.
   *
   * @param stackBytes of its thread; 0: as usual
   * @param stopped whether it is to end
   * @param graceMillis how long it may take to end by itself after that
   * @throws Stopped if it has not ended by then: its thread is interrupted, and may run on
   */
  public static <T> T of(
      Callable<T> call, long stackBytes, BooleanSupplier stopped, long graceMillis)
      throws Exception {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = CellThreads.aside(task, stackBytes);
    thread.start();
    long waited = 0;
    while (!isDone(task, thread)) {
      if (!stopped.getAsBoolean()) {
        continue;
      }
      waited += LOOK_MILLIS;
      if (waited > graceMillis) {
        thread.interrupt();
        throw new Stopped();
      }
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause(); // a Callable throws nothing else
    }
  }

  /**
   * Waits a little. It must not fail where the call fills the heap: the call would go on with
   * nobody waiting for it, and fill what is given up for the next cell, too. So it asks for no
   * memory, as a wait of FutureTask does for each exception that says that time is up.
   */
  private static boolean isDone(FutureTask<?> task, Thread thread) throws InterruptedException {
    thread.join(LOOK_MILLIS);
    return task.isDone();
  }
}
