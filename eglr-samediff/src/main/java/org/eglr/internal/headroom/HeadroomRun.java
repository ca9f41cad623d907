package org.eglr.internal.headroom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.eglr.Progress;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.ListChunks;
import org.eglr.internal.Sorting;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.work.Parts;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Evaluation;
import org.eglr.metrics.RankingMetrics;

/**
 * Measures what lists an evaluator could like, some lists at a time. Pools are offered in an order
 * that a seed shuffles, as re-rankers are measured. An interrupt ends it after the lists that are
 * complete.
 */
public final class HeadroomRun {

  /** Candidates of the lists that are searched together: enough to fill every call. */
  private static final int CHUNK = 250;

  private static final long SEED = 7;

  private final ListSet lists;
  private final EvaluatorScorer scorer;
  private final Systems systems;
  private final Function<List<Request>, Map<String, List<int[]>>> others;
  private final Progress progress;
  private final Map<String, List<int[]>> orders = new LinkedHashMap<>();
  private final Map<String, List<Double>> scores = new LinkedHashMap<>();

  /** Ends a chunk. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param others makes the lists of further systems, by name
   */
  public HeadroomRun(
      ListSet lists,
      EvaluatorScorer scorer,
      Systems systems,
      Function<List<Request>, Map<String, List<int[]>>> others,
      Progress progress) {
    this.lists = lists;
    this.scorer = scorer;
    this.systems = systems;
    this.others = others;
    this.progress = progress;
  }

  /**
   * One report a system, the first "sorted alone".
   *
   * @throws CancellationException if it was stopped before a list was complete
   */
  public Comparison run() {
    long start = System.nanoTime();
    int done = 0;
    try {
      for (Parts.Part chunk : Parts.of(lists.size(), lists::pool, CHUNK)) {
        chunk(chunk);
        done = chunk.to();
        double share = (double) done / lists.size();
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.at(share, seconds / share * (1 - share), done + " of " + lists.size() + " lists");
      }
    } catch (Stopped e) {
      Thread.interrupted(); // it is answered by what there is
    }
    if (done == 0) {
      throw new CancellationException("headroom was stopped before its first lists were complete");
    }
    ListSet measured = lists.range(0, done);
    return new Comparison(
        orders.entrySet().stream()
            .map(
                system ->
                    Evaluation.report(
                        system.getKey(),
                        measured,
                        system.getValue(),
                        scores.get(system.getKey()).stream().mapToDouble(s -> s).toArray(),
                        Optional.empty()))
            .toList());
  }

  /** The lists of a system, as indices into the pools of {@link #measured}; after the run. */
  public List<int[]> orders(String system) {
    return List.copyOf(orders.get(system));
  }

  /** The lists that the run came to. */
  public ListSet measured() {
    return lists.range(0, orders.get(Systems.SORTED).size());
  }

  private void chunk(Parts.Part chunk) {
    List<int[]> places = new ArrayList<>();
    List<Request> offered = new ArrayList<>();
    for (int list = chunk.from(); list < chunk.to(); list++) {
      Request request = lists.request(list);
      places.add(ListChunks.shuffled(request.pool(), SEED, list));
      offered.add(request.withCandidates(places.get(places.size() - 1)));
    }
    List<CandidateVectors> candidates = offered.stream().map(scorer::candidates).toList();
    ListJudge judge = proposals -> clickDcg(proposals, candidates);
    List<double[]> alone = Sorting.aloneProbabilities(offered, scorer);
    Map<String, List<int[]>> made =
        new LinkedHashMap<>(
            systems.lists(offered, alone, others.apply(offered), chunk.from(), judge));
    if (lists.hasTruth()) {
      ListJudge truth = proposals -> trueDcg(proposals, places, chunk.from());
      made.put(Systems.LOCAL_TRUTH, Systems.improved(offered, made.get(Systems.SORTED), truth));
    }
    Map<String, double[]> judged = new LinkedHashMap<>();
    made.forEach((name, orders) -> judged.put(name, judge.score(proposals(orders))));
    made.forEach((name, own) -> keep(name, own, judged.get(name), places));
  }

  private void keep(String name, List<int[]> own, double[] judged, List<int[]> places) {
    for (int r = 0; r < own.size(); r++) {
      orders
          .computeIfAbsent(name, n -> new ArrayList<>())
          .add(ListChunks.inPool(own.get(r), places.get(r)));
      scores.computeIfAbsent(name, n -> new ArrayList<>()).add(judged[r]);
    }
  }

  private static List<ListJudge.Proposal> proposals(List<int[]> orders) {
    List<ListJudge.Proposal> all = new ArrayList<>();
    orders.forEach(order -> all.add(new ListJudge.Proposal(all.size(), order)));
    return all;
  }

  private double[] clickDcg(List<ListJudge.Proposal> proposals, List<CandidateVectors> candidates) {
    if (Thread.currentThread().isInterrupted()) {
      throw new Stopped();
    }
    return scorer
        .score(
            proposals.stream()
                .map(p -> new EvaluatorScorer.Candidate(candidates.get(p.request()), p.order()))
                .toList())
        .stream()
        .mapToDouble(score -> score.dcg())
        .toArray();
  }

  private double[] trueDcg(List<ListJudge.Proposal> proposals, List<int[]> places, int first) {
    return proposals.stream()
        .mapToDouble(
            p -> {
              int[] order = ListChunks.inPool(p.order(), places.get(p.request()));
              return RankingMetrics.dcg(
                  lists.trueClickProbabilities(first + p.request(), order).orElseThrow());
            })
        .toArray();
  }
}
