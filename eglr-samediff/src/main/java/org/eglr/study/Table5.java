package org.eglr.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eglr.Eglr;
import org.eglr.Ranking;
import org.eglr.data.ListSet;
import org.eglr.internal.ListChunks;
import org.eglr.internal.Measurement;
import org.eglr.metrics.ListValues;
import org.eglr.metrics.RankingMetrics;
import org.eglr.metrics.ReportBuilder;

/**
 * Pass@k: of the lists that beam search finds, the one that the evaluator likes best; and the one
 * that is best in truth, or by its labels where the truth is not known. Beside it what a generator
 * that was trained without reasoning finds: what the time of a token could be spent on instead.
 */
final class Table5 implements PaperTable {

  private static final int[] WIDTHS = {1, 2, 4, 8, 16, 32, 64, 128};
  private static final int SMALL = 4;
  private static final String PICK = "evaluator's pick";
  private static final String ORACLE = "oracle's pick";
  private static final String WITHOUT = "evaluator's pick, without reasoning";

  @Override
  public String name() {
    return "table5";
  }

  @Override
  public String claim() {
    return "The more lists are generated, the better the one that the evaluator picks, without"
        + " saturation.";
  }

  @Override
  public List<World> worlds() {
    return PaperWorlds.andLogs(PaperWorlds.AD, PaperWorlds.AD_OF_30);
  }

  @Override
  public List<Entry> measure(Bench bench, long[] seeds) {
    EglrSystem reasoning = EglrSystem.byDefault();
    EglrSystem without = EglrSystem.withoutReasoning("eglr without reasoning");
    bench.prepare(List.of(reasoning, without), seeds);
    List<Entry> entries = new ArrayList<>();
    for (int k : IntStream.of(WIDTHS).filter(k -> !bench.size().small() || k <= SMALL).toArray()) {
      entries.add(picked(bench, reasoning, seeds, PICK, k, PICK));
      entries.add(picked(bench, reasoning, seeds, ORACLE, k, ORACLE));
      entries.add(picked(bench, without, seeds, WITHOUT, k, PICK));
    }
    return entries;
  }

  /** A row at k, compared with one list of another row. */
  private static Entry picked(
      Bench bench, EglrSystem system, long[] seeds, String row, int k, String against) {
    Map<Long, Run> runs = new LinkedHashMap<>();
    for (long seed : seeds) {
      boolean oracle = row.equals(ORACLE);
      runs.put(
          seed,
          bench.further(
              row + " of " + k, system, seed, () -> best(bench, system, seed, k, oracle)));
    }
    return Entry.at(row, k, runs, new Entry.Place(against, "1"), system.settings(bench));
  }

  private static Run best(Bench bench, PaperSystem system, long seed, int k, boolean oracle) {
    Eglr eglr = (Eglr) bench.trained(system, seed);
    ListSet lists = bench.measured();
    int timed = Math.min(bench.size().repeats(), lists.size());
    Map<String, Double> times =
        oracle
            ? Map.of()
            : Map.of(
                Latency.ONE,
                Latency.oneByOne(
                    IntStream.range(0, timed).mapToObj(lists::request).toList(),
                    request -> eglr.beamSearch(request, k)));
    ReportBuilder report = new ReportBuilder(system.name(), lists);
    List<Ranking> picked =
        IntStream.range(0, lists.size())
            .parallel()
            .mapToObj(
                list -> {
                  int[] places = Measurement.places(lists.pool(list), list);
                  List<Ranking> found =
                      eglr.beamSearch(lists.request(list).withCandidates(places), k);
                  return pick(lists, list, places, found, oracle);
                })
            .toList();
    for (int list = 0; list < picked.size(); list++) {
      int[] places = Measurement.places(lists.pool(list), list);
      int[] order = ListChunks.inPool(picked.get(list).order(), places);
      report.add(list, order, picked.get(list).score());
    }
    return new Run(ListValues.of(report.build(Optional.empty())), times);
  }

  private static Ranking pick(
      ListSet lists, int list, int[] places, List<Ranking> found, boolean oracle) {
    Ranking best = found.get(0);
    double most = Double.NEGATIVE_INFINITY;
    for (Ranking each : found) {
      double worth =
          oracle ? worth(lists, list, ListChunks.inPool(each.order(), places)) : each.score();
      if (worth > most) {
        most = worth;
        best = each;
      }
    }
    return best;
  }

  /** True DCG; average precision of the labels where the truth is not known. */
  private static double worth(ListSet lists, int list, int[] order) {
    Optional<double[]> truth = lists.trueClickProbabilities(list, order);
    if (truth.isPresent()) {
      return RankingMetrics.dcg(truth.get());
    }
    boolean[] clicks = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      clicks[i] = lists.clicked(list, order[i]);
    }
    return RankingMetrics.averagePrecision(clicks, order.length);
  }
}
