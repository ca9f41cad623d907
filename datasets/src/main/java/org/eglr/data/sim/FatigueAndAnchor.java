package org.eglr.data.sim;

/**
 * A user tires of a category with every item of it that came before, however long ago; and judges
 * an item's price by the mean of those before, dear ones making the next look cheap. Nothing that
 * follows has an effect.
 */
final class FatigueAndAnchor implements ListEffects {

  /** Effect of each earlier item of the category. */
  static final double FATIGUE = -0.6;

  /** Largest effect of the prices before. */
  static final double ANCHOR = 0.8;

  private final Population population;

  FatigueAndAnchor(Population population) {
    this.population = population;
  }

  @Override
  public double at(int[] items, int k) {
    int same = 0;
    double prices = 0;
    for (int j = 0; j < k; j++) {
      same += population.category[items[j]] == population.category[items[k]] ? 1 : 0;
      prices += population.value[items[j]];
    }
    double cheaper = k == 0 ? 0 : prices / k - population.value[items[k]];
    return FATIGUE * same + ANCHOR * StrictMath.tanh(cheaper);
  }
}
