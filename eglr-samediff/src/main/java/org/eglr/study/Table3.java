package org.eglr.study;

import java.util.ArrayList;
import java.util.List;

/**
 * EGLR's module inside other generators: as they are, with the module, and with the module's
 * temperatures but no token, since those alone change what is learned.
 */
final class Table3 implements PaperTable {

  private static final List<String> BACKBONES = List.of("eg-rerank", "cmr", "last");

  @Override
  public String name() {
    return "table3";
  }

  @Override
  public String claim() {
    return "EGLR's module improves EG-Rerank, CMR and LAST.";
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
    List<Entry> entries = new ArrayList<>();
    for (String name : CatalogNames.there(BACKBONES, bench)) {
      CatalogSystem plain = CatalogSystem.named(name);
      String cooled = name + ", its temperatures alone";
      List<PaperSystem> systems =
          List.of(
              plain,
              new ModuleSystem(cooled, plain, r -> r.maxSteps(0), Dial.NONE),
              new ModuleSystem(name + " + module", plain, r -> r, Dial.NONE));
      for (PaperSystem system : Tuned.all(bench, systems, TunedSetting.LEARNING_RATE, seeds)) {
        entries.add(
            Entry.of(system.name(), bench.runs(system, seeds), name, system.settings(bench)));
      }
      Entry module = entries.get(entries.size() - 1);
      entries.add(
          Entry.at(
              module.place().system(),
              "against the temperatures alone",
              module.runs(),
              new Entry.Place(cooled, ""),
              ""));
    }
    return entries;
  }
}
