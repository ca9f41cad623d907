package org.eglr.bench;

import java.util.function.IntUnaryOperator;

/** Times calls one by one. */
final class Stopwatch {

  /** Written after each run: a result that is used is a call that cannot be optimised away. */
  static volatile int used;

  private Stopwatch() {}

  /**
   * Nanoseconds of each call.
   *
   * @param work is given the call's number and returns something that depends on its work
   */
  static long[] each(int repeats, IntUnaryOperator work) {
    long[] times = new long[repeats];
    int results = 0;
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      results += work.applyAsInt(i);
      times[i] = System.nanoTime() - start;
    }
    used = results;
    return times;
  }
}
