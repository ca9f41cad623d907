package org.eglr.study;

/**
 * Where the paper's tables are measured: in the shape of its data, lists of ten that are put into
 * another order, where effects between items are strong; the same with a choice of 30; and a real
 * log.
 */
final class PaperWorlds {

  /** Advertisements, re-ordered. */
  static final World AD = new World("ad", 10, 10, 3, 10_000, 1);

  /** Advertisements, ten of thirty. */
  static final World AD_OF_30 = new World("ad", 30, 10, 3, 10_000, 1);

  /** Short videos, re-ordered. */
  static final World KUAIRAND = new World("kuairand", 10, 10, 3, 10_000, 1);

  /** MovieLens 100K; labels travel with the items, the truth is not known. */
  static final World MOVIES = new World(World.MOVIELENS, 10, 10, 0, 0, 1);

  private PaperWorlds() {}
}
