package org.eglr.kernel.magic;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.eglr.Ranking;
import org.eglr.data.Request;
import org.eglr.kernel.view.LoggedPool;

/**
 * Lists of a pool that the model may have narrowed, and which candidates were left.
 *
 * @param lists at least one; all of the same narrowed pool
 */
record Preselected(List<Ranking> lists, LoggedPool pool) {

  /**
   * Makes lists for a request.
   *
   * @param making may narrow the pool, but gives all lists the same one
   */
  static Preselected of(
      Request request, IntPredicate clicked, Function<Request, List<Ranking>> making) {
    // Places stand in for the labels, since a narrowed request does not tell whom it has kept.
    String[] places =
        IntStream.range(0, request.pool()).mapToObj(String::valueOf).toArray(String[]::new);
    List<Ranking> made = making.apply(labelled(request, places));
    int[] kept =
        Arrays.stream(made.get(0).request().labels()).mapToInt(Integer::parseInt).toArray();
    Request narrowed = kept.length == request.pool() ? request : request.withCandidates(kept);
    return new Preselected(
        made.stream().map(list -> about(narrowed, list)).toList(),
        new LoggedPool(request, kept, clicked));
  }

  private static Ranking about(Request request, Ranking list) {
    return new Ranking(
        request, list.order(), list.clickProbabilities(), list.score(), list.trace());
  }

  private static Request labelled(Request request, String[] labels) {
    return new Request(
        request.schema(),
        request.userIds(),
        request.userValues(),
        request.itemIds(),
        request.itemValues(),
        request.pool(),
        request.length(),
        labels);
  }
}
