package org.eglr.study;

import java.util.Arrays;
import java.util.Map;

/**
 * How much longer one training takes than another: both are done in turn, several times, so that
 * what else the machine does meanwhile slows both. Times of runs, which share the cores with
 * others, would not do; nor those of some steps, since what a step takes changes as a training goes
 * on.
 */
final class Pace {

  private static final int TURNS = 3; // the first of which compiles: the median is another
  private static final String RATIO = "ratio";

  private Pace() {}

  /** The median ratio, at least 1, found again as a run. */
  static double ratio(Bench bench, EglrSystem slow, EglrSystem fast, long seed) {
    return bench
        .further(
            "pace of whole trainings against " + fast.settings(bench),
            slow,
            seed,
            () -> new Run(Map.of(), Map.of(RATIO, measured(bench, slow, fast, seed))))
        .numbers()
        .get(RATIO);
  }

  private static double measured(Bench bench, EglrSystem slow, EglrSystem fast, long seed) {
    double[] ratios = new double[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      ratios[turn] = slow.seconds(bench, seed) / fast.seconds(bench, seed);
    }
    Arrays.sort(ratios);
    return Math.max(1, ratios[TURNS / 2]);
  }
}
