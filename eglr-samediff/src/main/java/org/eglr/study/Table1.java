package org.eglr.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.data.Summary;

/** Statistics of the data, whole logs before the split. */
final class Table1 implements PaperTable {

  @Override
  public String name() {
    return "table1";
  }

  @Override
  public String claim() {
    return "Statistics of the data sets: the paper's are Ad and KuaiRand, lists of ten.";
  }

  @Override
  public List<World> worlds() {
    return PaperWorlds.andLogs(PaperWorlds.AD, PaperWorlds.AD_OF_30, PaperWorlds.KUAIRAND);
  }

  @Override
  public int seeds() {
    return 1;
  }

  @Override
  public boolean gated() {
    return false;
  }

  @Override
  public List<Entry> measure(Bench bench, long[] seeds) {
    Summary log = bench.data().log().summary();
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("users", (double) log.users());
    numbers.put("items", (double) log.items());
    numbers.put("lists", (double) log.lists());
    numbers.put("items shown a list", log.length().mean());
    numbers.put("candidates a list", log.pool().mean());
    numbers.put("clicks a list", log.clickRate() * log.length().mean());
    numbers.put("training lists", (double) bench.data().train().size());
    numbers.put("validation lists", (double) bench.data().valid().size());
    numbers.put("lists measured on", (double) bench.measured().size());
    Run run = new Run(Map.of(), numbers);
    return List.of(Entry.of(log.name(), Map.of(1L, run), log.name(), ""));
  }
}
