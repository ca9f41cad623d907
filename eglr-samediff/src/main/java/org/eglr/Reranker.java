package org.eglr;

import java.util.List;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.Measurement;
import org.eglr.metrics.Report;

/**
 * A system that orders lists: {@link Eglr}, those of {@link Rerankers}, or one of your own, which
 * needs only {@link #name} and {@link #rerank(Request)}:
 *
 * <pre>{@code
 * var byIndex = new Reranker() {
 *   public String name() { return "by index"; }
 *   public Ranking rerank(Request request) {
 *     return Ranking.of(request, IntStream.range(0, request.length()).toArray());
 *   }
 * };
 * Rerankers.compare(data.test(), byIndex, eglr)
 * }</pre>
 */
public interface Reranker {

  /** What reports and comparisons call it. */
  String name();

  /** Whether it has learned what it must learn; one that learns nothing always has. */
  default boolean trained() {
    return true;
  }

  /**
   * Whether the order of a request's pool says something to it, as the initial order does. To one
   * that does not read it, {@link #evaluate} offers pools in an order shuffled by a seed, so that
   * equal scores do not keep the order of the labels' file.
   */
  default boolean readsInitialOrder() {
    return false;
  }

  /**
   * The list for a request: as many items as it asks for.
   *
   * @throws IllegalStateException if it is not {@link #trained}, naming the remedy
   */
  Ranking rerank(Request request);

  /** The lists for several requests, in their order. */
  default List<Ranking> rerank(List<Request> requests) {
    return requests.stream().map(this::rerank).toList();
  }

  /**
   * Measures its lists against logged labels, and against the truth if it is known. What is held
   * meanwhile does not grow with the number of lists, beyond each metric's value.
   *
   * @throws IllegalStateException if it is not {@link #trained}, naming the remedy
   * @throws DataException if there are no lists, or they have another schema
   */
  default Report evaluate(ListSet lists) {
    return Measurement.of(this, lists);
  }
}
