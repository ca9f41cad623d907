package org.eglr.kernel;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Does something where no interrupt reaches it, and waits: a message to the front end that an
 * interrupt cuts short breaks the kernel's connection, and drawing may swallow one, so that the
 * training goes on.
 */
public final class Uninterrupted {

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          action -> {
            Thread thread = new Thread(action, "eglr-display");
            thread.setDaemon(true);
            return thread;
          });

  private Uninterrupted() {}

  /** Runs the action; an interrupt that came before or meanwhile is still set afterwards. */
  public static void run(Runnable action) {
    get(
        () -> {
          action.run();
          return null;
        });
  }

  /** What the action gives; an interrupt that came before or meanwhile is still set afterwards. */
  public static <T> T get(Supplier<T> action) {
    Future<T> running = THREADS.submit(action::get);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return running.get();
        } catch (InterruptedException e) {
          interrupted = true; // and wait on
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException failure) {
            throw failure;
          }
          if (e.getCause() instanceof Error failure) {
            throw failure;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
