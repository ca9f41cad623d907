package org.eglr.data;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Lists of a log in a schema's encoding: what models train on and are measured by. A view over the
 * log's columns; nothing is copied.
 */
public final class ListSet {

  private final ListLog log;
  private final EncodedEntities encoded;
  private final int[] lists;

  ListSet(ListLog log, EncodedEntities encoded, int[] lists) {
    this.log = log;
    this.encoded = encoded;
    this.lists = lists;
  }

  public Schema schema() {
    return encoded.schema();
  }

  EncodedEntities encoded() {
    return encoded;
  }

  /** The log the lists come from. */
  public ListLog log() {
    return log;
  }

  /** Number of lists. */
  public int size() {
    return lists.length;
  }

  /** The list's index in the log. */
  public int logIndex(int list) {
    return lists[list];
  }

  /** Number of candidates of a list. */
  public int pool(int list) {
    return log.pool(lists[list]);
  }

  /** Number of items shown: the first candidates, in display order. */
  public int length(int list) {
    return log.length(lists[list]);
  }

  /** Whether the candidate was clicked; false for those not shown. */
  public boolean clicked(int list, int index) {
    return log.clicked(lists[list], index);
  }

  /** The list's utility (eq. 16). */
  public float utility(int list) {
    return log.utility(lists[list]);
  }

  /** The list's user and pool as a request for as many items as were shown. */
  public Request request(int list) {
    return request(list, pool(list));
  }

  /**
   * The list's user and the shown items alone, in display order: what there is to learn from, where
   * nobody asks what else could have been shown.
   */
  public Request shown(int list) {
    return request(list, length(list));
  }

  private Request request(int list, int pool) {
    int row = lists[list];
    int userFields = schema().userCategories().size();
    int userValues = schema().userValues().size();
    int itemFields = schema().itemCategories().size();
    int itemValues = schema().itemValues().size();
    int user = log.user(row);
    int[] ids = new int[pool * itemFields];
    float[] values = new float[pool * itemValues];
    String[] labels = new String[pool];
    for (int i = 0; i < pool; i++) {
      int item = log.candidate(row, i);
      System.arraycopy(encoded.itemIds(), item * itemFields, ids, i * itemFields, itemFields);
      System.arraycopy(encoded.itemValues(), item * itemValues, values, i * itemValues, itemValues);
      labels[i] = log.items().label(item);
    }
    return new Request(
        schema(),
        Arrays.copyOfRange(encoded.userIds(), user * userFields, (user + 1) * userFields),
        Arrays.copyOfRange(encoded.userValues(), user * userValues, (user + 1) * userValues),
        ids,
        values,
        pool,
        log.length(row),
        labels);
  }

  /** Whether the lists were simulated, so that the truth about any list is known. */
  public boolean hasTruth() {
    return log.truth().isPresent();
  }

  /**
   * True click probabilities of a list made of a pool's candidates.
   *
   * @param list the list whose user and pool are meant
   * @param order candidates (indices into the pool) in display order
   * @return one probability a position; empty if the data are not simulated
   * @throws IndexOutOfBoundsException if an entry is not within the pool
   */
  public Optional<double[]> trueClickProbabilities(int list, int[] order) {
    int row = lists[list];
    return log.truth()
        .map(
            model ->
                model.clickProbabilities(
                    log.user(row),
                    Arrays.stream(order).map(index -> log.candidate(row, index)).toArray()));
  }

  /**
   * The lists from (inclusive) to (exclusive), as a view.
   *
   * @throws IndexOutOfBoundsException if they are not within 0 and {@link #size}
   */
  public ListSet range(int from, int to) {
    Objects.checkFromToIndex(from, to, lists.length);
    return new ListSet(log, encoded, Arrays.copyOfRange(lists, from, to));
  }

  /** At most so many lists (at least 0), drawn without replacement by the seed. */
  public ListSet sample(int count, long seed) {
    if (count < 0) {
      throw new DataException(
          "sample(%d): the number of lists must be at least 0".formatted(count));
    }
    int[] drawn = lists.clone();
    SplittableRandom random = new SplittableRandom(seed);
    int n = Math.min(count, drawn.length);
    for (int i = 0; i < n; i++) {
      int j = i + random.nextInt(drawn.length - i);
      int swap = drawn[i];
      drawn[i] = drawn[j];
      drawn[j] = swap;
    }
    return new ListSet(log, encoded, Arrays.copyOf(drawn, n));
  }
}
