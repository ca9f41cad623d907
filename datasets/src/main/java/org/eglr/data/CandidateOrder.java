package org.eglr.data;

/** The order in which a list made of ratings shows its items. */
public enum CandidateOrder {
  /** At random, by the seed. */
  SHUFFLED,
  /**
   * By the number of training lists that hold the item, most first; ties at random by the seed.
   * Occurrences are counted, not clicks: a count of clicks would hold the list's own labels, and
   * the positions of training lists would tell what those of test lists cannot.
   */
  POPULARITY
}
