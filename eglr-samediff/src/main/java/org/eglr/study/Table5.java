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
      Map<Long, Beams> beams = beams(bench, reasoning, seeds, k);
      entries.add(picked(bench, reasoning, beams, PICK, k, PICK));
      entries.add(picked(bench, reasoning, beams, ORACLE, k, ORACLE));
      entries.add(picked(bench, without, beams(bench, without, seeds, k), WITHOUT, k, PICK));
    }
    return entries;
  }

  private static Map<Long, Beams> beams(Bench bench, EglrSystem system, long[] seeds, int k) {
    Map<Long, Beams> beams = new LinkedHashMap<>();
    for (long seed : seeds) {
      beams.put(seed, new Beams(bench, system, seed, k));
    }
    return beams;
  }

  /** A row at k, compared with one list of another row. */
  private static Entry picked(
      Bench bench, EglrSystem system, Map<Long, Beams> beams, String row, int k, String against) {
    Map<Long, Run> runs = new LinkedHashMap<>();
    beams.forEach(
        (seed, found) ->
            runs.put(
                seed,
                bench.further(
                    row + " of " + k, system, seed, () -> found.picked(row.equals(ORACLE)))));
    return Entry.at(row, k, runs, new Entry.Place(against, "1"), system.settings(bench));
  }

  /** The best of what was found for a list. */
  private record Picks(Ranking byEvaluator, Ranking byOracle) {}

  /** Picks of what beam search finds; searched for when it is first asked for. */
  private static final class Beams {

    private final Bench bench;
    private final EglrSystem system;
    private final long seed;
    private final int k;
    private Eglr eglr;
    private List<Picks> found;

    Beams(Bench bench, EglrSystem system, long seed, int k) {
      this.bench = bench;
      this.system = system;
      this.seed = seed;
      this.k = k;
    }

    /** Of each list's the best: in truth for the oracle, with its time for the evaluator. */
    Run picked(boolean oracle) {
      search();
      ListSet lists = bench.measured();
      ReportBuilder report = new ReportBuilder(system.name(), lists);
      for (int list = 0; list < lists.size(); list++) {
        Picks picks = found.get(list);
        Ranking best = oracle ? picks.byOracle : picks.byEvaluator;
        int[] places = Measurement.places(lists.pool(list), list);
        report.add(list, ListChunks.inPool(best.order(), places), best.score());
      }
      return new Run(
          ListValues.of(report.build(Optional.empty())),
          oracle ? Map.of() : Map.of(Latency.ONE, time(lists)));
    }

    private void search() {
      if (found != null) {
        return;
      }
      eglr = (Eglr) bench.trained(system, seed);
      ListSet lists = bench.measured();
      found =
          IntStream.range(0, lists.size())
              .parallel()
              .mapToObj(
                  list -> {
                    int[] places = Measurement.places(lists.pool(list), list);
                    List<Ranking> beam =
                        eglr.beamSearch(lists.request(list).withCandidates(places), k);
                    return new Picks(
                        pick(lists, list, places, beam, false),
                        pick(lists, list, places, beam, true));
                  })
              .toList();
    }

    private double time(ListSet lists) {
      int timed = Math.min(bench.size().repeats(), lists.size());
      return Latency.oneByOne(
          IntStream.range(0, timed).mapToObj(lists::request).toList(),
          request -> eglr.beamSearch(request, k));
    }
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
