package org.eglr.experiment;

/** A run was stopped before its end; what it has is thrown away. */
final class Stopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Stopped() {
    super("the run was stopped");
  }

  /** Throws this where the thread was interrupted, or a training says so. */
  static void check(boolean interrupted) {
    if (interrupted || Thread.currentThread().isInterrupted()) {
      throw new Stopped();
    }
  }
}
