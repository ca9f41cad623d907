package org.eglr.gpu;

/**
 * What a larger batch will take: a fixed cost and one per list, by the line through the last two
 * batches; never less than the last one took.
 */
final class Extrapolation {

  private int lists;
  private double seconds;
  private double perList;

  /** Takes in a measured batch, larger than those before. */
  void add(int newLists, double newSeconds) {
    if (lists > 0) {
      perList = Math.max(0, (newSeconds - seconds) / (newLists - lists));
    }
    lists = newLists;
    seconds = newSeconds;
  }

  /** Seconds for a batch of so many lists; 0 while nothing is known. */
  double at(int moreLists) {
    return seconds + perList * (moreLists - lists);
  }
}
