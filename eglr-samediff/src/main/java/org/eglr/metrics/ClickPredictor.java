package org.eglr.metrics;

import java.util.List;

/** Predicts how likely the items of lists are clicked. */
@FunctionalInterface
public interface ClickPredictor {

  /**
   * Click probabilities of lists made of the pools of a set's lists.
   *
   * @param lists for each of them the index, in the set, of the list whose user and pool are meant;
   *     an index may stand there several times
   * @param orders candidates (indices into the pool) in display order, one order for each of {@code
   *     lists}
   * @return one probability a position, 0 to 1, for each of {@code lists}
   */
  List<double[]> clickProbabilities(List<Integer> lists, List<int[]> orders);
}
