package org.eglr.kernel.own;

import jdk.jshell.EvalException;
import org.eglr.kernel.Causes;

/**
 * Memory put aside for the kernel's own work. Where a cell's variables fill the heap and keep it
 * full, the threads that carry messages would die of it; what is put aside is given up then, so
 * that the kernel answers and the variables can be dropped. It is one for the process, as the heap
 * is.
 */
public final class MemoryReserve {

  private static final int BYTES = 48 << 20;

  private static volatile byte[] reserve;

  private MemoryReserve() {}

  /** Puts memory aside where none is and there is plenty. */
  public static void take() {
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    if (reserve == null && free > 4L * BYTES) {
      try {
        reserve = new byte[BYTES];
      } catch (OutOfMemoryError e) {
        reserve = null; // in pieces, perhaps: at a later cell
      }
    }
  }

  /** Gives the memory up. */
  public static void free() {
    reserve = null;
  }

  /** Whether this failure, or what caused it, says that there is none left; allocates nothing. */
  public static boolean isOutOfMemory(Throwable failure) {
    return Causes.first(failure, MemoryReserve::saysSo) != null;
  }

  private static boolean saysSo(Throwable failure) {
    return failure instanceof OutOfMemoryError
        || failure instanceof EvalException known
            && OutOfMemoryError.class.getName().equals(known.getExceptionClassName());
  }

  /** What to do about it. */
  static String remedy() {
    return "The heap of %d MiB is full, and what variables hold stays in it. Set large ones to null"
            .formatted(Runtime.getRuntime().maxMemory() >> 20)
        + " (a list: x.clear()), or restart the kernel with a larger -Xmx.";
  }
}
