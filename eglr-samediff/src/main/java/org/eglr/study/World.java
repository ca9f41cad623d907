package org.eglr.study;

import java.util.Locale;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;

/**
 * Where a study is made: a simulated world and the log of it that is there to learn from; or a
 * {@link RealLog}, of which there is one world.
 *
 * @param preset of the {@link Simulator}, or a real log's folder
 * @param pool candidates a list
 * @param length items a list
 * @param effects strength of the effects between items, n
 * @param lists to train on; of a real log at most, 0: all
 * @param seed of the world
 */
record World(String preset, int pool, int length, double effects, int lists, long seed) {

  static final String MOVIELENS = "ml-100k";

  private static final double TRAIN = 0.8;
  private static final double VALID = 0.08;

  /** Lists that are measured on. */
  static final int MEASURED = 400;

  /** The first world of a condition, of lists of 10 and 10,000 to train on. */
  static World of(String preset, int pool, double effects) {
    return new World(preset, pool, 10, effects, 10_000, 1);
  }

  /** What worlds of several seeds have in common. */
  String condition() {
    if (real()) {
      return RealLog.of(preset).title + ", lists of " + length;
    }
    return String.format(
        Locale.ROOT,
        "%s, pool %d%s, n %.0f, %,d lists",
        preset,
        pool,
        length == 10 ? "" : ", length " + length,
        effects,
        lists);
  }

  /** Whether it is a real log, of which there is one world. */
  boolean real() {
    return RealLog.of(preset) != null;
  }

  World withSeed(long other) {
    return new World(preset, pool, length, effects, lists, other);
  }

  World withLists(int other) {
    return new World(preset, pool, length, effects, other, seed);
  }

  Splits splits() {
    if (real()) {
      return RealLog.of(preset).splits(length);
    }
    return Simulator.preset(preset)
        .pool(pool)
        .listLength(length)
        .neighbourEffects(effects)
        .lists((int) Math.round(lists / TRAIN))
        .seed(seed)
        .log()
        .split(TRAIN, VALID, 1 - TRAIN - VALID);
  }

  /** The lists that are measured on: never trained on, never chosen by. */
  static ListSet measured(Splits splits) {
    boolean simulated = splits.test().trueClickProbabilities(0, new int[] {0}).isPresent();
    int most = simulated ? MEASURED : splits.test().size();
    return splits.test().range(0, Math.min(most, splits.test().size()));
  }
}
