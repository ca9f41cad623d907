package org.eglr.data.sim;

/**
 * What one item of a list does to another, by their categories: the same category cannibalises, a
 * complementary one helps. Categories stand in a random ring; each complements its two neighbours.
 */
final class PairEffects implements ListEffects {

  /** Effect of an item of the same category right beside. */
  static final double SAME = -1;

  /** Effect of an item of a complementary category right beside. */
  static final double COMPLEMENT = 0.5;

  /** What each further step of distance leaves of an effect. */
  static final double DECAY = 0.5;

  private final int[] category; // of each item
  private final int[] place;

  PairEffects(Population population, int categories, Draws draws) {
    category = population.category;
    int[] ring = draws.order(categories);
    place = new int[categories];
    for (int p = 0; p < categories; p++) {
      place[ring[p]] = p;
    }
  }

  /** The effect that two items of these categories have on each other when side by side. */
  double between(int category, int other) {
    if (category == other) {
      return SAME;
    }
    int apart = Math.abs(place[category] - place[other]);
    return apart == 1 || apart == place.length - 1 ? COMPLEMENT : 0;
  }

  @Override
  public double at(int[] items, int k) {
    int own = category[items[k]];
    double sum = 0;
    double remaining = 1;
    for (int distance = 1; k - distance >= 0 || k + distance < items.length; distance++) {
      if (k - distance >= 0) {
        sum += remaining * between(own, category[items[k - distance]]);
      }
      if (k + distance < items.length) {
        sum += remaining * between(own, category[items[k + distance]]);
      }
      remaining *= DECAY;
    }
    return sum;
  }
}
