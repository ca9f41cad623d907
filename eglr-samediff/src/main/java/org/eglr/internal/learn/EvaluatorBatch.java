package org.eglr.internal.learn;

import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.Request;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.ListItems;
import org.eglr.internal.work.Parts;

/**
 * A part of a batch of training lists, padded to equal length.
 *
 * @param requests whose candidates are the lists
 * @param lists lengths and labels
 */
public record EvaluatorBatch(List<Request> requests, ListBatch lists) {

  /** Tokens per part of a batch: they pass the layers together, and should not leave the cache. */
  public static final int PART = 384;

  /**
   * Cuts a batch into parts.
   *
   * @param limit most tokens of a part
   */
  static List<Parts.Part> cut(BatchLists batch, int limit) {
    return Parts.of(batch.size(), list -> 1 + batch.length(list), limit);
  }

  public static EvaluatorBatch of(BatchLists batch, Parts.Part range) {
    int size = range.size();
    List<Request> requests =
        IntStream.range(range.from(), range.to()).mapToObj(batch::shown).toList();
    int[] lengths = requests.stream().mapToInt(Request::length).toArray();
    int length = IntStream.of(lengths).max().orElseThrow();
    boolean[] clicked = new boolean[size * length];
    float[] utility = new float[size];
    for (int b = 0; b < size; b++) {
      int list = range.from() + b;
      utility[b] = batch.utility(list);
      for (int k = 0; k < lengths[b]; k++) {
        clicked[b * length + k] = batch.clicked(list, k);
      }
    }
    return new EvaluatorBatch(
        requests,
        new ListBatch(size, length, lengths, clicked, utility, ListItems.shown(requests)));
  }
}
