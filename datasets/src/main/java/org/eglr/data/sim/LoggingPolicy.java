package org.eglr.data.sim;

/**
 * The policy that made the log: it orders a pool by (1 - exploration) * popularity + exploration *
 * noise, both standardised, anew for every list. Noise parts position, item and neighbourhood, so
 * that a model can tell their effects from each other.
 */
final class LoggingPolicy {

  private final double[] popularity;
  private final double exploration;
  private final Draws draws;

  LoggingPolicy(Attraction attraction, int items, double exploration, Draws draws) {
    this.exploration = exploration;
    this.draws = draws;
    popularity = new double[items];
    double sum = 0;
    double squares = 0;
    for (int item = 0; item < items; item++) {
      popularity[item] = attraction.popularity(item);
      sum += popularity[item];
      squares += popularity[item] * popularity[item];
    }
    double mean = sum / items;
    double deviation = Math.sqrt(squares / items - mean * mean);
    for (int item = 0; item < items; item++) {
      popularity[item] = (popularity[item] - mean) / deviation;
    }
  }

  /** Orders a pool in place, best score first. */
  void order(int[] pool) {
    double[] scores = new double[pool.length];
    for (int i = 0; i < pool.length; i++) {
      double score = (1 - exploration) * popularity[pool[i]] + exploration * draws.normal();
      int item = pool[i];
      int j = i;
      for (; j > 0 && scores[j - 1] < score; j--) {
        scores[j] = scores[j - 1];
        pool[j] = pool[j - 1];
      }
      scores[j] = score;
      pool[j] = item;
    }
  }
}
