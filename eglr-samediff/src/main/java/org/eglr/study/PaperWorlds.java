package org.eglr.study;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the paper's tables are measured: in the shape of its data, lists of ten that are put into
 * another order, where effects between items are strong; the same with a choice of 30; and a real
 * log.
 */
final class PaperWorlds {

  /** To train on: as many as let all tables be filled in three hours on two cores. */
  private static final int LISTS = 6_000;

  /** Advertisements, re-ordered. */
  static final World AD = new World("ad", 10, 10, 3, LISTS, 1);

  /** Advertisements, ten of thirty. */
  static final World AD_OF_30 = new World("ad", 30, 10, 3, LISTS, 1);

  /** Short videos, re-ordered. */
  static final World KUAIRAND = new World("kuairand", 10, 10, 3, LISTS, 1);

  /** MovieLens 100K; labels travel with the items, the truth is not known. */
  static final World MOVIES = new World(World.MOVIELENS, 10, 10, 0, 0, 1);

  /** MovieLens 1M, where it is there; of its lists so many as the others have, and some. */
  static final World MOVIES_1M = new World(RealLog.MOVIELENS_1M.folder, 10, 10, 0, 20_000, 1);

  /** The paper's Ad, likewise. */
  static final World TIANCHI = new World(RealLog.TIANCHI.folder, 10, 10, 0, 20_000, 1);

  /** LibRerank's own lists of it, likewise. */
  static final World LIBRERANK = new World(RealLog.LIBRERANK.folder, 10, 10, 0, 20_000, 1);

  /** The paper's KuaiRand, likewise. */
  static final World KUAIRAND_LOG = new World(RealLog.KUAIRAND.folder, 10, 10, 0, 20_000, 1);

  private PaperWorlds() {}

  /** Some worlds, and the real logs. */
  static List<World> andLogs(World... simulated) {
    List<World> all = new ArrayList<>(List.of(simulated));
    all.addAll(List.of(MOVIES, MOVIES_1M, TIANCHI, LIBRERANK, KUAIRAND_LOG));
    return all;
  }
}
