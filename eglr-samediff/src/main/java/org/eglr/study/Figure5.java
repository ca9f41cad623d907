package org.eglr.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.ReasoningToken;

/**
 * Entropy before and after reasoning, by position, of the decisions that reasoned; beside it the
 * same with tokens that say nothing.
 */
final class Figure5 implements PaperTable {

  @Override
  public String name() {
    return "figure5";
  }

  @Override
  public String claim() {
    return "Entropy falls after reasoning at every position, most in the middle of the list.";
  }

  @Override
  public List<World> worlds() {
    return List.of(PaperWorlds.AD, PaperWorlds.AD_OF_30);
  }

  @Override
  public boolean gated() {
    return false; // entropies are there whether or not lists can be better
  }

  @Override
  public List<Entry> measure(Bench bench, long[] seeds) {
    List<EglrSystem> systems =
        List.of(
            EglrSystem.of("EGLR", b -> b.reasoning(r -> r.gate(Gate.always()))),
            EglrSystem.of(
                "zero token",
                b -> b.reasoning(r -> r.gate(Gate.always()).token(ReasoningToken.ZERO))));
    bench.prepare(systems, seeds);
    List<Entry> entries = new ArrayList<>();
    for (EglrSystem system : systems) {
      Map<Long, Run> runs = Entropies.of(bench, system, seeds);
      for (int position = 1; position <= bench.world().length(); position++) {
        String before = system.name() + ", before";
        Entry.Place against = new Entry.Place(before, "" + position);
        entries.add(
            Entry.at(
                before,
                position,
                Entropies.at(runs, position, Entropies.When.BEFORE),
                against,
                position == 1 ? system.settings(bench) : ""));
        entries.add(
            Entry.at(
                system.name() + ", after",
                position,
                Entropies.at(runs, position, Entropies.When.AFTER),
                against,
                ""));
      }
    }
    return entries;
  }
}
