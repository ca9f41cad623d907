package org.eglr;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.internal.Sorting;
import org.eglr.metrics.Comparison;

/** Re-rankers to measure {@link Eglr} against. */
public final class Rerankers {

  private Rerankers() {}

  /**
   * Leaves the pool in its order and takes the first items.
   *
   * @param evaluator judges the lists
   */
  public static Reranker initialOrder(Evaluator evaluator) {
    return new Reference(
        "initial order",
        evaluator,
        true,
        (requests, scorer) ->
            requests.stream().map(r -> IntStream.range(0, r.length()).toArray()).toList());
  }

  /** Leaves the pool in its order and takes the first items; nobody judges the lists. */
  public static Reranker initialOrder() {
    return new Plain(
        "initial order", true, request -> IntStream.range(0, request.length()).toArray());
  }

  /**
   * Sorts by the click probability that the evaluator gives each candidate alone, as a list of one:
   * no position and no neighbour has a say. The baseline to beat.
   */
  public static Reranker sortedAlone(Evaluator evaluator) {
    return new Reference("sorted by evaluator", evaluator, false, Sorting::alone);
  }

  /**
   * Sorts by the click probabilities of the pool as one list in its initial order: each candidate
   * at the position that it already has, so that the initial order leaks in. Equal probabilities
   * are ordered by a seeded shuffle.
   */
  public static Reranker sortedAsPool(Evaluator evaluator) {
    long seed = evaluator.settings().seed();
    return new Reference(
        "sorted by evaluator, pool as one list",
        evaluator,
        true,
        (requests, scorer) -> Sorting.asPool(requests, scorer, seed));
  }

  /** Measures re-rankers on the same lists; differences are to the first. */
  public static Comparison compare(ListSet lists, Reranker... rerankers) {
    return compare(lists, Arrays.asList(rerankers));
  }

  /** Measures re-rankers on the same lists; differences are to the first. */
  public static Comparison compare(ListSet lists, List<? extends Reranker> rerankers) {
    return new Comparison(rerankers.stream().map(r -> r.evaluate(lists)).toList());
  }
}
