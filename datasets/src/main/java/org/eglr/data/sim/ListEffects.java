package org.eglr.data.sim;

/** What the other items of a list do to the one at a position. */
@FunctionalInterface
interface ListEffects {

  /**
   * The effect at strength 1, in log-odds.
   *
   * @param items the list
   * @param k position from 0
   */
  double at(int[] items, int k);
}
