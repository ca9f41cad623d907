package org.eglr.rerank;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eglr.Engine;
import org.eglr.Ranking;
import org.eglr.Reranker;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.ListChunks;
import org.eglr.internal.headroom.ListJudge;
import org.eglr.internal.headroom.Systems;
import org.eglr.internal.work.Parts;
import org.eglr.metrics.RankingMetrics;
import org.eglr.metrics.Report;
import org.eglr.metrics.ReportBuilder;

/**
 * What could be reached by one who knew the true click probabilities, which only simulated lists
 * have: lists of a high true DCG. No system can learn to do as well from clicks; it is the measure
 * of what is left. A request does not carry its truth, so that this one makes lists of a set of
 * lists only.
 */
public final class TruthSearch implements Reranker {

  /** How lists are found. */
  public enum Search {
    /**
     * Item by item, each time the candidate that raises the true DCG of the list so far the most.
     */
    GREEDY,
    /** From the greedy list, by swaps and replacements until no single one raises the true DCG. */
    LOCAL
  }

  private static final long SEED = 7; // of the order in which pools are offered

  private final Search search;

  public TruthSearch(Search search) {
    this.search = search;
  }

  @Override
  public String name() {
    return search == Search.GREEDY ? "greedy oracle" : "local search on the truth";
  }

  /**
   * @throws IllegalStateException always: a request does not carry its truth
   */
  @Override
  public Ranking rerank(Request request) {
    throw new IllegalStateException(
        ("the %s looks at the truth of simulated lists, which a request does not carry: call its"
                + " orders(lists) or evaluate(lists)")
            .formatted(name()));
  }

  /**
   * The lists that are found, as indices into the pools.
   *
   * @throws DataException if there are no lists, or they are not simulated
   */
  public List<int[]> orders(ListSet lists) {
    requireTruth(lists);
    List<int[]> all = new ArrayList<>(lists.size());
    for (Parts.Part chunk : ListChunks.of(lists, Engine.JAVA)) {
      all.addAll(orders(lists, chunk));
    }
    return all;
  }

  @Override
  public Report evaluate(ListSet lists) {
    List<int[]> orders = orders(lists);
    ReportBuilder report = new ReportBuilder(name(), lists);
    for (int list = 0; list < orders.size(); list++) {
      report.add(list, orders.get(list), Double.NaN);
    }
    return report.build(Optional.empty());
  }

  private void requireTruth(ListSet lists) {
    if (lists.size() == 0) {
      throw new DataException("there are no lists");
    }
    if (!lists.hasTruth()) {
      throw new DataException(
          "the %s looks at the truth, which only simulated data have; these are '%s'"
              .formatted(name(), lists.log().name()));
    }
  }

  private List<int[]> orders(ListSet lists, Parts.Part chunk) {
    List<int[]> places = new ArrayList<>();
    List<Request> offered = new ArrayList<>();
    for (int list = chunk.from(); list < chunk.to(); list++) {
      Request request = lists.request(list);
      int[] shuffled = ListChunks.shuffled(request.pool(), SEED, list); // equals leak no label
      places.add(shuffled);
      offered.add(request.withCandidates(shuffled));
    }
    ListJudge truth =
        proposals ->
            proposals.stream()
                .mapToDouble(
                    p -> {
                      int[] order = ListChunks.inPool(p.order(), places.get(p.request()));
                      return trueDcg(lists, chunk.from() + p.request(), order);
                    })
                .toArray();
    List<int[]> found = Systems.greedy(offered, truth);
    if (search == Search.LOCAL) {
      found = Systems.improved(offered, found, truth);
    }
    List<int[]> orders = new ArrayList<>();
    for (int r = 0; r < found.size(); r++) {
      orders.add(ListChunks.inPool(found.get(r), places.get(r)));
    }
    return orders;
  }

  private static double trueDcg(ListSet lists, int list, int[] order) {
    return RankingMetrics.dcg(lists.trueClickProbabilities(list, order).orElseThrow());
  }
}
