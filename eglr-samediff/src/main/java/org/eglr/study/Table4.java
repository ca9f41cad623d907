package org.eglr.study;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Quality, latency and reasoning tokens against the budget M; each trained by itself. */
final class Table4 implements PaperTable {

  private static final int MOST = 3;

  /** The runs of a budget: those of Figure 4 and 6 where settings are the same. */
  private static EglrSystem budget(int steps) {
    return EglrSystem.of("M = " + steps, b -> b.reasoning(r -> r.maxSteps(steps)));
  }

  @Override
  public String name() {
    return "table4";
  }

  @Override
  public String claim() {
    return "A few reasoning steps improve lists, more bring little; latency grows with the steps.";
  }

  @Override
  public List<World> worlds() {
    return PaperWorlds.andLogs(PaperWorlds.AD, PaperWorlds.AD_OF_30);
  }

  @Override
  public List<Entry> measure(Bench bench, long[] seeds) {
    List<EglrSystem> budgets = IntStream.rangeClosed(0, MOST).mapToObj(Table4::budget).toList();
    bench.prepare(budgets, seeds);
    List<Entry> entries = new ArrayList<>();
    for (EglrSystem system : budgets) {
      entries.add(
          Entry.of(
              system.name(),
              Latency.of(bench, system, seeds),
              budgets.get(0).name(),
              system.settings(bench)));
    }
    return entries;
  }
}
