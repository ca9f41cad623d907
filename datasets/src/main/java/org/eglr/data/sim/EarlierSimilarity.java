package org.eglr.data.sim;

/**
 * What stands before an item and is like it makes it boring; what follows does nothing. Likeness is
 * continuous: by how near the items' values and qualities are, twice as much within a category.
 */
final class EarlierSimilarity implements ListEffects {

  /** What each further step of distance leaves of an effect. */
  static final double DECAY = 0.7;

  private final Population population;

  EarlierSimilarity(Population population) {
    this.population = population;
  }

  @Override
  public double at(int[] items, int k) {
    double sum = 0;
    double remaining = 1;
    for (int j = k - 1; j >= 0; j--) {
      sum -= remaining * likeness(items[k], items[j]);
      remaining *= DECAY;
    }
    return sum;
  }

  /** From 0 to 1: the same value, quality and category. */
  private double likeness(int item, int other) {
    double value = population.value[item] - population.value[other];
    double quality = population.quality[item] - population.quality[other];
    double near = StrictMath.exp(-(value * value + quality * quality) / 2);
    return population.category[item] == population.category[other] ? near : near / 2;
  }
}
