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

  /**
   * A snippet takes some 40 MB to compile. Once memory is given up, a parallel collector moves what
   * its survivors hold into it, which the kernel's settings bound by 1/48 of the heap.
   */
  private static final int BYTES =
      (int) Math.min((48L << 20) + Runtime.getRuntime().maxMemory() / 32, 1 << 30);

  private static volatile byte[] reserve;

  private static volatile boolean givenUp;

  private MemoryReserve() {}

  /**
   * Puts memory aside where none is and there is plenty. Once it was given up, what a JVM calls
   * free counts parts that it cannot use: memory taken from a heap that is still full would leave
   * the cell that drops the variables none.
   */
  public static void take() {
    if (reserve != null) {
      return;
    }
    if (givenUp) {
      System.gc(); // what was dropped since counts as used until then
    }
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    if (free > Math.max(4L * BYTES, givenUp ? runtime.maxMemory() / 3 : 0)) {
      try {
        reserve = new byte[BYTES];
        givenUp = false;
      } catch (OutOfMemoryError e) {
        reserve = null; // in pieces, perhaps: at a later cell
      }
    }
  }

  static boolean isHeld() {
    return reserve != null;
  }

  /** Gives the memory up. */
  public static void free() {
    reserve = null;
    givenUp = true;
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
