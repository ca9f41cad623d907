package org.eglr.kernel;

/**
 * Runs something with the thread's interrupt flag put aside: a write to a channel by an interrupted
 * thread closes the channel, and with it the kernel's connection.
 */
final class Uninterrupted {

  private Uninterrupted() {}

  static void run(Runnable action) {
    boolean interrupted = Thread.interrupted();
    try {
      action.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
