package org.eglr.study;

import java.util.List;
import org.eglr.rerank.RerankerCatalog;

/**
 * What each re-ranker is worth by its defaults alone, without any tuning: beside the order that it
 * is given, which it should beat on what it learns from, clicks or the evaluator's score.
 *
 * @param wanted names of the catalogue; empty: all
 */
record AgainstInitial(List<String> wanted) implements PaperTable {

  private static final String BASELINE = "initial";

  AgainstInitial {
    wanted.forEach(RerankerCatalog::named); // refuses what there is not
  }

  @Override
  public String name() {
    return "rerankers";
  }

  @Override
  public String claim() {
    return "Each re-ranker, by its defaults, beats the order that it is given on what it learns"
        + " from.";
  }

  @Override
  public List<World> worlds() {
    return PaperWorlds.andLogs(PaperWorlds.AD, PaperWorlds.KUAIRAND);
  }

  @Override
  public int trialSeeds() {
    return 1; // graphs take their time to be built
  }

  @Override
  public List<Entry> measure(Bench bench, long[] seeds) {
    List<PaperSystem> systems = CatalogNames.systems(bench, wanted, BASELINE);
    bench.prepare(systems, seeds);
    return systems.stream()
        .map(s -> Entry.of(s.name(), bench.runs(s, seeds), BASELINE, s.settings(bench)))
        .toList();
  }
}
