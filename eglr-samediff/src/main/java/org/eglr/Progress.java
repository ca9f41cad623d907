package org.eglr;

/** Watches long work; called on the thread that does it, so it should be quick. */
@FunctionalInterface
public interface Progress {

  /**
   * Called as work goes on.
   *
   * @param share of the work that is done, 0 to 1
   * @param secondsLeft estimate from the pace so far; NaN while there is none
   * @param what is being done, in a few words
   */
  void at(double share, double secondsLeft, String what);
}
