package org.eglr.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.Ranking;
import org.eglr.Reranker;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.work.Parts;
import org.eglr.metrics.Report;
import org.eglr.metrics.ReportBuilder;

/** Measures any re-ranker chunk by chunk. */
public final class Measurement {

  /** Of the shuffle that breaks ties: the same for all re-rankers without a seed of their own. */
  private static final long SEED = 7;

  private Measurement() {}

  /** Takes each list as it was made. */
  public interface Taker {

    /**
     * @param list its index in the set
     * @param order of the whole pool in its own order
     * @param made by the re-ranker, of the pool as it was offered
     */
    void take(int list, int[] order, Ranking made);
  }

  /** A re-ranker's report on some lists. */
  public static Report of(Reranker reranker, ListSet lists) {
    ReportBuilder report = new ReportBuilder(reranker.name(), lists);
    each(reranker, lists, (list, order, made) -> report.add(list, order, made.score()));
    return report.build(Optional.empty());
  }

  /** Has a list made of each, and hands it on. */
  public static void each(Reranker reranker, ListSet lists, Taker taker) {
    for (Parts.Part chunk : ListChunks.of(lists, Engine.JAVA)) {
      List<Request> asked = ListChunks.requests(lists, chunk);
      List<int[]> places =
          reranker.readsInitialOrder()
              ? List.of()
              : IntStream.range(0, asked.size())
                  .mapToObj(i -> places(asked.get(i).pool(), chunk.from() + i))
                  .toList();
      List<Request> offered =
          places.isEmpty()
              ? asked
              : IntStream.range(0, asked.size())
                  .mapToObj(i -> asked.get(i).withCandidates(places.get(i)))
                  .toList();
      List<Ranking> made = reranker.rerank(offered);
      requireOneEach(reranker, offered, made);
      for (int i = 0; i < asked.size(); i++) {
        int[] order = made.get(i).order();
        taker.take(
            chunk.from() + i,
            places.isEmpty() ? order : ListChunks.inPool(order, places.get(i)),
            made.get(i));
      }
    }
  }

  /**
   * The candidate at each place of a pool as it is offered to who does not read its order.
   *
   * @param list its index in the set
   */
  public static int[] places(int pool, int list) {
    return ListChunks.shuffled(pool, SEED, list);
  }

  private static void requireOneEach(Reranker reranker, List<Request> asked, List<Ranking> made) {
    if (made.size() != asked.size()) {
      throw new DataException(
          "%s made %d lists of %d requests; there must be one each"
              .formatted(reranker.name(), made.size(), asked.size()));
    }
    for (int i = 0; i < made.size(); i++) {
      if (made.get(i).request().pool() != asked.get(i).pool()) {
        throw new DataException(
            ("%s answered a request of %d candidates by a list of a pool of %d; to be measured, a"
                    + " list must be of the request's own pool")
                .formatted(reranker.name(), asked.get(i).pool(), made.get(i).request().pool()));
      }
    }
  }
}
