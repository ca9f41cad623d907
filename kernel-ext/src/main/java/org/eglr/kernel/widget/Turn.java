package org.eglr.kernel.widget;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Cells and what runs when a control is moved take turns: they share the notebook's variables and
 * what is printed. Our kernel asks for the cells' turn; in others both may run at once.
 */
public final class Turn {

  private static final ReentrantLock LOCK = new ReentrantLock(true);

  private static Thread computing;

  private Turn() {}

  /** Waits until nothing of a control runs; what is computed then waits for {@link #end}. */
  public static void begin() {
    LOCK.lock();
  }

  /** The cell that began in this thread has ended, if one did. */
  public static void end() {
    while (LOCK.isHeldByCurrentThread()) {
      LOCK.unlock();
    }
  }

  /** Interrupts what a control computes, if it does. */
  public static synchronized void interrupt() {
    if (computing != null) {
      computing.interrupt();
    }
  }

  /** Computes for a control, in the calling thread, in which no interrupt is left behind. */
  static void take(Runnable computation) {
    LOCK.lock();
    try {
      computes(Thread.currentThread());
      computation.run();
    } finally {
      computes(null);
      Thread.interrupted();
      LOCK.unlock();
    }
  }

  private static synchronized void computes(Thread thread) {
    computing = thread;
  }
}
