package org.eglr.internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.work.Parts;

/**
 * Cuts work on sets of lists into chunks, so that what a list needs meanwhile, some kilobytes, is
 * never held for all of them.
 */
public final class ListChunks {

  /** Candidates of a chunk: tens of megabytes, and enough lists to fill every call. */
  private static final int CANDIDATES = 1 << 16;

  private static final int LARGER = 16; // calls of a GPU take many lists

  /** Keeps these random numbers apart from those of training. */
  private static final long TIES = 0x71E5;

  private ListChunks() {}

  /** Neighbouring lists that are worked on together. */
  public static List<Parts.Part> of(ListSet lists, Engine engine) {
    int limit = Calls.of(engine).oneCaller() ? LARGER * CANDIDATES : CANDIDATES;
    return Parts.of(lists.size(), lists::pool, limit);
  }

  /** The requests of a chunk, their pools in initial order. */
  public static List<Request> requests(ListSet lists, Parts.Part chunk) {
    return IntStream.range(chunk.from(), chunk.to()).mapToObj(lists::request).toList();
  }

  /**
   * The order in which a list's candidates are offered to what does not read it, so that equal
   * scores do not keep the order in which the labels' file has them.
   *
   * @param list its index in the set
   * @return the candidate (index into the pool) at each place
   */
  public static int[] shuffled(int pool, long seed, int list) {
    long stream = CounterRandom.stream(seed, TIES, list);
    int[] places = IntStream.range(0, pool).toArray();
    for (int i = pool - 1; i > 0; i--) {
      int j = (int) (CounterRandom.uniform(stream, i) * (i + 1));
      int swap = places[i];
      places[i] = places[j];
      places[j] = swap;
    }
    return places;
  }

  /** A list of a part of a pool as indices into the whole pool. */
  public static int[] inPool(int[] order, int[] kept) {
    return Arrays.stream(order).map(i -> kept[i]).toArray();
  }
}
