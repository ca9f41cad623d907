package org.eglr.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Entropy by position when each item is chosen: of the generators that tell it, among them those
 * with the paper's names where the catalogue has them.
 *
 * @param name of the figure
 * @param kinds of the catalogue that it shows
 */
record Figure12(String name, String claim, List<String> kinds) implements PaperTable {

  private static final String WITHOUT = "eglr without reasoning";

  static Figure12 figure1() {
    return new Figure12(
        "figure1",
        "Without reasoning (CMR) the entropy of decisions is low, then high, then low again over"
            + " the positions of a list.",
        List.of("cmr", WITHOUT));
  }

  static Figure12 figure2() {
    return new Figure12(
        "figure2",
        "Latent reasoning before the list lowers the entropy of decisions, which still peaks in the"
            + " middle of the list.",
        List.of("rearec", "latentr3", "stream-rec", "eglr"));
  }

  @Override
  public List<World> worlds() {
    return PaperWorlds.andLogs(PaperWorlds.AD, PaperWorlds.KUAIRAND);
  }

  @Override
  public boolean gated() {
    return false;
  }

  @Override
  public List<Entry> measure(Bench bench, long[] seeds) {
    List<PaperSystem> systems = new ArrayList<>();
    CatalogNames.there(kinds, bench).forEach(kind -> systems.add(CatalogSystem.named(kind)));
    if (kinds.contains(WITHOUT)) {
      systems.add(EglrSystem.withoutReasoning(WITHOUT));
    }
    bench.prepare(systems, seeds);
    List<Entry> entries = new ArrayList<>();
    for (PaperSystem system : systems) {
      Map<Long, Run> runs = Entropies.of(bench, system, seeds);
      for (int at = 1; Entropies.known(runs) && at <= bench.world().length(); at++) {
        entries.add(
            Entry.at(
                system.name(),
                at,
                Entropies.at(runs, at, Entropies.When.CHOICE),
                new Entry.Place(system.name(), "1"),
                at == 1 ? system.settings(bench) : ""));
      }
    }
    return entries;
  }
}
