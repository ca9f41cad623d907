package org.eglr.study;

import java.util.List;
import org.eglr.rerank.RerankerCatalog;

/**
 * Overall: every re-ranker of the catalogue, by its defaults but for a learning rate that
 * validation chooses; beside EGLR, the same without reasoning.
 *
 * @param wanted names of the catalogue; empty: all. EGLR is there in any case
 */
record Table2(List<String> wanted) implements PaperTable {

  private static final String BASELINE = "eglr";

  Table2 {
    wanted.forEach(RerankerCatalog::named); // refuses what there is not
  }

  @Override
  public String name() {
    return "table2";
  }

  @Override
  public String claim() {
    return "EGLR is better than all baselines in MAP, NDCG and the evaluator's score.";
  }

  @Override
  public List<World> worlds() {
    return PaperWorlds.andLogs(PaperWorlds.AD, PaperWorlds.KUAIRAND);
  }

  @Override
  public int seeds() {
    return 5;
  }

  @Override
  public int trialSeeds() {
    return 1; // graphs take their time to be built
  }

  @Override
  public List<Entry> measure(Bench bench, long[] seeds) {
    List<PaperSystem> systems = CatalogNames.systems(bench, wanted, BASELINE);
    systems.add(EglrSystem.withoutReasoning("eglr without reasoning"));
    return Tuned.all(bench, systems, TunedSetting.LEARNING_RATE, seeds).stream()
        .map(s -> Entry.of(s.name(), bench.runs(s, seeds), BASELINE, s.settings(bench)))
        .toList();
  }
}
