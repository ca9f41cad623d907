package org.eglr.study;

import java.util.List;

/** Chooses a system's settings by what a run of the first seed was worth on validation lists. */
final class Tuned {

  private Tuned() {}

  /**
   * The system as it does best on validation lists; of equals the first.
   *
   * @param grid what is tried; every system has the same number of tries
   */
  static PaperSystem of(Bench bench, PaperSystem system, List<Dial> grid, long seed) {
    if (!system.tunable(bench)) {
      return system;
    }
    List<PaperSystem> tries = tried(bench, grid).stream().<PaperSystem>map(system::at).toList();
    PaperSystem best = tries.get(0);
    double most = Double.NEGATIVE_INFINITY;
    for (PaperSystem each : tries) {
      double worth = bench.run(each, seed).numbers().get(Measuring.WORTH);
      if (worth > most) {
        most = worth;
        best = each;
      }
    }
    return best;
  }

  /** Of a trial the first two. */
  private static List<Dial> tried(Bench bench, List<Dial> grid) {
    return bench.size().small() ? grid.subList(0, 2) : grid;
  }

  /** Each as validation chose it; the runs of all seeds are there then. */
  static List<PaperSystem> all(
      Bench bench, List<? extends PaperSystem> systems, List<Dial> grid, long[] seeds) {
    prepare(bench, systems, grid, seeds[0]);
    List<PaperSystem> tuned =
        systems.stream().map(system -> of(bench, system, grid, seeds[0])).toList();
    bench.prepare(tuned, seeds);
    return tuned;
  }

  /** Trains all that {@link #of} will ask for. */
  private static void prepare(
      Bench bench, List<? extends PaperSystem> systems, List<Dial> grid, long seed) {
    bench.prepare(
        systems.stream()
            .filter(system -> system.tunable(bench))
            .flatMap(system -> tried(bench, grid).stream().map(system::at))
            .toList(),
        seed);
  }
}
