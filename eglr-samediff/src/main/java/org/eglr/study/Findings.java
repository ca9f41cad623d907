package org.eglr.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.data.ListSet;
import org.eglr.metrics.ListValues;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Significance;

/**
 * The numbers of a condition. Each list's values are averaged over the seeds first; errors of means
 * are those over users. A difference is taken list by list and seed by seed; its variance is that
 * over users plus that over seeds divided by their number. Worlds are averaged as given.
 */
final class Findings {

  private final String condition;
  private final List<ListSet> lists = new ArrayList<>();
  private final Map<Entry.Place, List<Entry>> entries = new LinkedHashMap<>();

  Findings(String condition) {
    this.condition = condition;
  }

  /** Takes what was measured in a world, on its lists. */
  void add(ListSet measured, List<Entry> world) {
    lists.add(measured);
    world.forEach(e -> entries.computeIfAbsent(e.place(), p -> new ArrayList<>()).add(e));
  }

  /** All numbers, a metric's corrected together. */
  List<Finding> all() {
    Map<String, List<Finding>> byMetric = new LinkedHashMap<>();
    entries.forEach(
        (place, worlds) -> {
          Run first = any(worlds.get(0));
          for (String metric : first.lists().keySet()) {
            byMetric.computeIfAbsent(metric, m -> new ArrayList<>()).add(paired(worlds, metric));
          }
          for (String name : first.numbers().keySet()) {
            byMetric.computeIfAbsent(name, m -> new ArrayList<>()).add(plain(worlds, name));
          }
        });
    List<Finding> all = new ArrayList<>();
    for (List<Finding> own : byMetric.values()) {
      double[] p = Significance.holm(own.stream().mapToDouble(Finding::p).toArray());
      for (int i = 0; i < p.length; i++) {
        all.add(own.get(i).corrected(p[i]));
      }
    }
    return all;
  }

  private Finding paired(List<Entry> worlds, String metric) {
    double value = 0;
    double variance = 0;
    double gain = 0;
    double gainVariance = 0;
    Entry.Place against = worlds.get(0).against();
    List<Entry> others = against.equals(worlds.get(0).place()) ? null : entries.get(against);
    boolean compared = others != null && any(others.get(0)).lists().containsKey(metric);
    for (int w = 0; w < worlds.size(); w++) {
      List<double[]> own = values(worlds.get(w), metric);
      Metric mean = ListValues.mean(metric, lists.get(w), mean(own));
      value += mean.value() / worlds.size();
      variance += variance(mean) / worlds.size() / worlds.size();
      if (compared) {
        List<double[]> differences = differences(worlds.get(w), others.get(w), metric);
        Metric difference = ListValues.mean(metric, lists.get(w), mean(differences));
        gain += difference.value() / worlds.size();
        gainVariance +=
            (variance(difference) + overSeeds(lists.get(w), differences))
                / worlds.size()
                / worlds.size();
      }
    }
    double nothing = Double.NaN;
    Metric difference = new Metric(metric, gain, Math.sqrt(gainVariance));
    return new Finding(
        condition,
        worlds.get(0).place().system(),
        worlds.get(0).place().at(),
        metric,
        worlds.size(),
        worlds.get(0).runs().size(),
        value,
        Math.sqrt(variance),
        compared ? name(against) : "",
        compared ? gain : nothing,
        compared ? difference.standardError() : nothing,
        compared ? Significance.p(difference) : nothing);
  }

  private static double variance(Metric mean) {
    return mean.standardError() * mean.standardError();
  }

  private static String name(Entry.Place place) {
    return place.at().isEmpty() ? place.system() : place.system() + " @ " + place.at();
  }

  private Finding plain(List<Entry> worlds, String name) {
    double value =
        worlds.stream()
            .flatMap(entry -> entry.runs().values().stream())
            .mapToDouble(run -> run.numbers().get(name))
            .average()
            .orElseThrow();
    double none = Double.NaN;
    Entry.Place place = worlds.get(0).place();
    int seeds = worlds.get(0).runs().size();
    return new Finding(
        condition,
        place.system(),
        place.at(),
        name,
        worlds.size(),
        seeds,
        value,
        none,
        "",
        none,
        none,
        none);
  }

  private static Run any(Entry entry) {
    return entry.runs().values().iterator().next();
  }

  private static List<double[]> values(Entry entry, String metric) {
    return entry.runs().values().stream().map(run -> run.lists().get(metric)).toList();
  }

  /** By seed that both have, the difference of each list. */
  private static List<double[]> differences(Entry own, Entry other, String metric) {
    List<double[]> all = new ArrayList<>();
    own.runs()
        .forEach(
            (seed, run) -> {
              Run base = other.runs().get(seed);
              if (base != null) {
                double[] difference = run.lists().get(metric).clone();
                double[] before = base.lists().get(metric);
                for (int list = 0; list < difference.length; list++) {
                  difference[list] -= before[list];
                }
                all.add(difference);
              }
            });
    return all;
  }

  private static double[] mean(List<double[]> seeds) {
    double[] mean = new double[seeds.get(0).length];
    for (int list = 0; list < mean.length; list++) {
      double sum = 0;
      int known = 0;
      for (double[] seed : seeds) {
        sum += Double.isNaN(seed[list]) ? 0 : seed[list];
        known += Double.isNaN(seed[list]) ? 0 : 1;
      }
      mean[list] = sum / known; // NaN where no seed has a value
    }
    return mean;
  }

  /** Variance that the choice of the seeds leaves in a mean over them; 0 for one alone. */
  private static double overSeeds(ListSet lists, List<double[]> differences) {
    if (differences.size() < 2) {
      return 0;
    }
    double[] means =
        differences.stream().mapToDouble(d -> ListValues.mean("", lists, d).value()).toArray();
    double mean = java.util.Arrays.stream(means).average().orElseThrow();
    double squares = java.util.Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum();
    return squares / (means.length - 1) / means.length;
  }
}
