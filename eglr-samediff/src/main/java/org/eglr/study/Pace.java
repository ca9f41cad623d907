package org.eglr.study;

import java.util.Arrays;
import java.util.Map;

/**
 * How much longer a step of one training takes than one of another: both train a little in turn,
 * several times, so that what else the machine does meanwhile slows both. Times of whole runs,
 * which share the cores with others, would not do.
 */
final class Pace {

  private static final int TURNS = 5;
  private static final int STEPS = 8;
  private static final String RATIO = "ratio";

  private Pace() {}

  /** The median ratio, at least 1, found again as a run. */
  static double ratio(Bench bench, EglrSystem slow, EglrSystem fast, long seed) {
    return bench
        .further(
            "pace against " + fast.settings(bench),
            slow,
            seed,
            () -> new Run(Map.of(), Map.of(RATIO, measured(bench, slow, fast, seed))))
        .numbers()
        .get(RATIO);
  }

  private static double measured(Bench bench, EglrSystem slow, EglrSystem fast, long seed) {
    double[] ratios = new double[TURNS];
    slow.seconds(bench, seed, STEPS); // until everything is compiled
    fast.seconds(bench, seed, STEPS);
    for (int turn = 0; turn < TURNS; turn++) {
      ratios[turn] = slow.seconds(bench, seed, STEPS) / fast.seconds(bench, seed, STEPS);
    }
    Arrays.sort(ratios);
    return Math.max(1, ratios[TURNS / 2]);
  }
}
