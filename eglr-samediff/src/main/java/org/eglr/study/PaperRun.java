package org.eglr.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eglr.data.DataException;
import org.eglr.metrics.Headroom;

/** Fills a table and writes its files after each condition. */
final class PaperRun {

  private final PaperSize size;
  private final int worlds;
  private final int seeds;
  private final String only;
  private final Path folder;

  /**
   * @param worlds of each condition
   * @param seeds 0: as many as the table has by default
   * @param only a part of the conditions' names, or "all"
   * @param folder of results; runs are kept in its {@code runs/paper}
   */
  PaperRun(PaperSize size, int worlds, int seeds, String only, Path folder) {
    this.size = size;
    this.worlds = worlds;
    this.seeds = seeds;
    this.only = only;
    this.folder = folder;
  }

  /** All that is known of a table. */
  List<Finding> fill(PaperTable table) {
    RunStore store = new RunStore(folder.resolve("runs").resolve("paper"));
    RunProgress progress = new RunProgress(System.err);
    int count = seeds > 0 ? seeds : size.small() ? table.trialSeeds() : table.seeds();
    PaperFiles files = new PaperFiles(folder, table, size, count);
    List<Finding> all = new ArrayList<>();
    for (World first : conditions(table)) {
      System.err.println(table.name() + ": " + first.condition());
      long start = System.nanoTime();
      Findings findings = new Findings(first.condition());
      for (int w = 1; w <= (first.real() ? 1 : worlds); w++) {
        Bench bench;
        try {
          bench = new Bench(first.withSeed(w), size, store, progress);
        } catch (DataException e) {
          files.leftOut(first.condition(), e.getMessage());
          System.err.println("  left out: " + e.getMessage());
          break;
        }
        files.world(bench);
        if (table.gated()) {
          files.headroom(bench, headroom(bench));
        }
        List<Entry> entries = table.measure(bench, PaperTable.upTo(count));
        entries.forEach(entry -> files.settings(first.condition(), entry));
        findings.add(bench.measured(), entries);
      }
      all.addAll(findings.all());
      files.took(first.condition(), (System.nanoTime() - start) / 1e9);
      files.write(all);
    }
    return all;
  }

  /** Whether a table has a condition that was asked for. */
  boolean concerns(PaperTable table) {
    return table.worlds().stream().anyMatch(this::asked);
  }

  private boolean asked(World world) {
    return only.equals("all") || world.condition().contains(only);
  }

  /** Those that were asked for; of a trial the first alone. */
  private List<World> conditions(PaperTable table) {
    List<World> all = table.worlds().stream().filter(this::asked).map(size::of).toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "no condition of '%s' has '%s' in its name; there are %s"
              .formatted(
                  table.name(),
                  only,
                  table.worlds().stream().map(World::condition).collect(Collectors.joining("; "))));
    }
    return size.small() ? all.subList(0, 1) : all;
  }

  /** What a generator could win at all, by the first seed's evaluator. */
  private Map<String, Double> headroom(Bench bench) {
    return bench
        .headroom(
            () -> {
              Headroom room =
                  bench
                      .evaluator(1)
                      .headroom(bench.measured(), o -> o.lists(size.small() ? 10 : 100));
              Map<String, Double> found = new LinkedHashMap<>();
              found.put("percent", room.percent().value());
              found.put("error", room.percent().standardError());
              found.put("blind", room.blind() ? 1.0 : 0.0);
              if (room.hasTruth()) {
                var truth = room.percent("local search", Headroom.TRUTH);
                found.put("true percent", truth.value());
                found.put("true error", truth.standardError());
              }
              return new Run(Map.of(), found);
            })
        .numbers();
  }
}
