package org.eglr.internal.learn;

import java.util.Optional;
import org.eglr.data.ListSet;
import org.eglr.data.Request;

/** The lists of a batch, in its order, 0-based; for any number of threads. */
public interface BatchLists {

  int size();

  /** Number of items shown. */
  int length(int list);

  /** The list's user and its pool. */
  Request request(int list);

  /** The list's user and the shown items alone, in display order. */
  Request shown(int list);

  /** Whether the item at a position, within the list, was clicked. */
  boolean clicked(int list, int position);

  /** Eq. 16. */
  float utility(int list);

  /** True click probabilities of an order of the list's pool; empty where data are a log. */
  Optional<double[]> trueClickProbabilities(int list, int[] order);

  /** What messages call the list: a number among the training lists. */
  int number(int list);

  /**
   * Lists of a set.
   *
   * @param chosen their indices
   */
  static BatchLists of(ListSet lists, int[] chosen) {
    return new ChosenLists(lists, chosen);
  }
}
