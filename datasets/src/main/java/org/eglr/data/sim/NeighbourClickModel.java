package org.eglr.data.sim;

import org.eglr.data.ClickModel;

/**
 * The click model of simulated lists. Item i_k at position k (from 1) of a list i_1 .. i_n is
 * clicked by user u, independently of the other clicks, with probability
 *
 * <pre>
 *   P(click at k) = k^-b * sigmoid( a(u, i_k) + s * E_k )
 *
 *   E_k = sum over j != k of 0.5^(|k - j| - 1) * e(i_k, i_j)    in all presets but three
 *   e(i, j) = -1    if i and j are of the same category   (they cannibalise each other)
 *             +0.5  if their categories are complementary (they help each other)
 *              0    otherwise
 * </pre>
 *
 * <p>k^-b is the probability that the user examines position k (b: position bias), a the user's
 * attraction to the item by itself, s the strength of the neighbours' effects. Of the presets of
 * another form, {@link Simulator#alike()} has an effect of what stands before and is alike, {@link
 * Simulator#prices()} one of fatigue and of the prices before, and {@link Simulator#together()} one
 * of categories that gain right behind another. The attraction is a weighted sum of segment by
 * category, level by category and group by category tastes, the user's activity, the user's trait
 * times the item's value, the item's maker and quality, and a part known by no field but the item's
 * identifier. The probabilities of a list being given in closed form, its expected clicks and
 * expected DCG are exact sums.
 */
public final class NeighbourClickModel implements ClickModel {

  private final Population population;
  private final Attraction attraction;
  private final ListEffects effects;
  private final double positionBias;
  private final double strength;

  NeighbourClickModel(
      Population population,
      Attraction attraction,
      ListEffects effects,
      double positionBias,
      double strength) {
    this.population = population;
    this.attraction = attraction;
    this.effects = effects;
    this.positionBias = positionBias;
    this.strength = strength;
  }

  /**
   * The user's attraction to the item by itself, a log-odds.
   *
   * @throws IllegalArgumentException if there is no such user or item
   */
  public double attraction(int user, int item) {
    requireUser(user);
    requireItem(item);
    return attraction.of(user, item);
  }

  /**
   * Probability that a user examines a position.
   *
   * @param position from 0
   */
  public double examination(int position) {
    return StrictMath.pow(position + 1, -positionBias);
  }

  /**
   * @throws IllegalArgumentException if there is no such user or item, or an item stands twice
   */
  @Override
  public double[] clickProbabilities(int user, int[] items) {
    requireUser(user);
    requireDistinct(items);
    double[] probabilities = new double[items.length];
    for (int k = 0; k < items.length; k++) {
      double odds = attraction.of(user, items[k]) + strength * effects.at(items, k);
      probabilities[k] = examination(k) / (1 + StrictMath.exp(-odds));
    }
    return probabilities;
  }

  /** Expected number of clicks of a list: the sum of its click probabilities. */
  public double expectedClicks(int user, int[] items) {
    double sum = 0;
    for (double probability : clickProbabilities(user, items)) {
      sum += probability;
    }
    return sum;
  }

  /** Expected DCG of a list (eq. 18 with the true probabilities): sum of p_k / log2(k + 1). */
  public double expectedDcg(int user, int[] items) {
    double[] probabilities = clickProbabilities(user, items);
    double sum = 0;
    for (int k = 0; k < probabilities.length; k++) {
      sum += probabilities[k] * StrictMath.log(2) / StrictMath.log(k + 2);
    }
    return sum;
  }

  private void requireUser(int user) {
    if (user < 0 || user >= population.userCount()) {
      throw new IllegalArgumentException(
          "user row %d; there are %d users".formatted(user, population.userCount()));
    }
  }

  private void requireItem(int item) {
    if (item < 0 || item >= population.itemCount()) {
      throw new IllegalArgumentException(
          "item row %d; there are %d items".formatted(item, population.itemCount()));
    }
  }

  private void requireDistinct(int[] items) {
    for (int k = 0; k < items.length; k++) {
      requireItem(items[k]);
      for (int j = 0; j < k; j++) {
        if (items[j] == items[k]) {
          throw new IllegalArgumentException(
              "item row %d stands at positions %d and %d of the list"
                  .formatted(items[k], j + 1, k + 1));
        }
      }
    }
  }
}
