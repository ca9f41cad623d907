package org.eglr.data.sim;

/**
 * How much a user likes an item by itself: the log-odds of a click at the top of a list without
 * neighbours' effects. A sum of parts that the fields tell and a smaller part that only the item's
 * identifier tells; {@link Tastes} weighs them.
 */
final class Attraction {

  private final Population population;
  private final Tastes tastes;
  private final Affinity segmentAffinity;
  private final Affinity levelAffinity;
  private final Affinity groupAffinity;
  private final double[] makerAppeal;
  private final int levels;

  Attraction(Preset preset, Population population, Draws draws) {
    this.population = population;
    tastes = preset.tastes;
    levels = preset.names.levels().size();
    segmentAffinity = new Affinity(tastes.segments(), tastes.categories(), draws);
    levelAffinity = new Affinity(levels, tastes.categories(), draws);
    groupAffinity = new Affinity(preset.names.groups().size(), tastes.categories(), draws);
    makerAppeal = draws.normals(tastes.makers());
  }

  double of(int user, int item) {
    int category = population.category[item];
    int level = population.level[user];
    return tastes.base()
        + tastes.segment() * segmentAffinity.of(population.segment[user], category)
        + tastes.level() * levelAffinity.of(level, category)
        + tastes.level() * groupAffinity.of(population.group[user], category)
        + tastes.activity() * standardised(level)
        + tastes.trait() * population.trait[user] * population.value[item]
        + popularity(item);
  }

  /** The part that all users share: maker, quality and what the identifier alone tells. */
  double popularity(int item) {
    return tastes.maker() * makerAppeal[population.maker[item]]
        + tastes.quality() * population.quality[item]
        + tastes.hidden() * population.hidden[item];
  }

  private double standardised(int level) {
    return (level - (levels - 1) / 2.0) / Math.sqrt((levels * levels - 1) / 12.0);
  }
}
