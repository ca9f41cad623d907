package org.eglr.study;

import java.util.List;

/**
 * A system with a setting that is chosen by what a run of one seed was worth on validation lists.
 */
final class Tuned {

  private final Bench bench;
  private final PaperSystem system;
  private final TunedSetting setting;
  private final long seed;
  private final Search search;

  private Tuned(Bench bench, PaperSystem system, TunedSetting setting, long seed) {
    this.bench = bench;
    this.system = system;
    this.setting = setting;
    this.seed = seed;
    search = new Search(bench.size().small(), this::worth);
  }

  /**
   * Each as it does best on validation lists, by a {@link Search}; all seeds' runs are there then.
   */
  static List<PaperSystem> all(
      Bench bench, List<? extends PaperSystem> systems, TunedSetting setting, long... seeds) {
    List<Tuned> searches =
        systems.stream().map(each -> new Tuned(bench, each, setting, seeds[0])).toList();
    List<PaperSystem> next;
    do { // a round of all at a time: their runs go side by side
      next = searches.stream().flatMap(each -> each.next().stream()).toList();
      bench.prepare(next, seeds[0]);
    } while (!next.isEmpty());
    List<PaperSystem> found = searches.stream().map(Tuned::found).toList();
    bench.prepare(found, seeds);
    return found;
  }

  private List<PaperSystem> next() {
    return tunable() ? search.next().stream().map(this::at).toList() : List.of();
  }

  private PaperSystem found() {
    return tunable() ? at(search.best()) : system;
  }

  private boolean tunable() {
    return system.tunable(bench, setting);
  }

  private PaperSystem at(int power) {
    return system.at(setting.at(system.dial(), power));
  }

  private double worth(int power) {
    return bench.run(at(power), seed).numbers().get(Measuring.WORTH);
  }
}
