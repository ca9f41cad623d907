package org.eglr.kernel.view;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.eglr.data.Request;

/**
 * The pool that was asked about, beside a list that may have been made from a part of it.
 *
 * @param request with the whole pool
 * @param kept the part that the list's candidates are indices into, as indices into the whole pool
 * @param clicked whether a candidate of the whole pool was clicked in the log
 */
public record LoggedPool(Request request, int[] kept, IntPredicate clicked) {

  /** A pool all of which could be chosen. */
  public static LoggedPool whole(Request request, IntPredicate clicked) {
    return new LoggedPool(request, IntStream.range(0, request.pool()).toArray(), clicked);
  }

  /** Whether a part was left out before the list was made. */
  boolean isNarrowed() {
    return kept.length < request.pool();
  }
}
