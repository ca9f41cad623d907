package org.eglr.data;

/** The known truth of simulated data: how likely each item of a list is clicked, exactly. */
public interface ClickModel {

  /**
   * Click probabilities of a list.
   *
   * @param user the user's row in the log's users
   * @param items the list: rows of the log's items, in display order
   * @return one probability a position
   */
  double[] clickProbabilities(int user, int[] items);
}
