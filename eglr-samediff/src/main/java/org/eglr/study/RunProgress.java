package org.eglr.study;

import java.io.PrintStream;
import java.util.Locale;

/** Says what is done, and about how long the rest takes. */
final class RunProgress {

  private final PrintStream out;
  private final long start = System.nanoTime();
  private int expected;
  private int done;

  RunProgress(PrintStream out) {
    this.out = out;
  }

  /** So many runs more. */
  synchronized void expect(int runs) {
    expected += runs;
  }

  /** A run is done. */
  synchronized void say(World world, String what, double seconds) {
    done++;
    expected = Math.max(expected, done);
    double each = (System.nanoTime() - start) / 1e9 / done;
    out.printf(
        Locale.ROOT,
        "  %s: %s in %.1f s; %d more of those that are known, about %.0f s%n",
        world.condition(),
        what,
        seconds,
        expected - done,
        each * (expected - done));
  }
}
