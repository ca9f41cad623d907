package org.eglr.data.sim;

import java.util.Arrays;

/**
 * Categories come in random pairs of a main one and its side. An item of a main is worth less by
 * itself; one of a side gains right behind one of its main, and nowhere else. The two pay together,
 * and whoever chooses by what each item adds when it is placed never begins such a pair.
 */
final class WhatGoesTogether implements ListEffects {

  /** Effect on a side right behind its main. */
  static final double BEHIND_MAIN = 3;

  /** Effect on a main, wherever it stands. */
  static final double MAIN = -1;

  private static final int NONE = -1;

  private final int[] category; // of each item
  private final int[] main; // of each category

  /**
   * @param categories an even number
   */
  WhatGoesTogether(Population population, int categories, Draws draws) {
    category = population.category;
    int[] drawn = draws.order(categories);
    main = new int[categories];
    Arrays.fill(main, NONE);
    for (int side = 1; side < categories; side += 2) {
      main[drawn[side]] = drawn[side - 1];
    }
  }

  @Override
  public double at(int[] items, int k) {
    int needed = main[category[items[k]]];
    if (needed == NONE) {
      return MAIN;
    }
    return k > 0 && category[items[k - 1]] == needed ? BEHIND_MAIN : 0;
  }
}
