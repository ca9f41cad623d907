package org.eglr.data;

/**
 * One re-ranking request in a schema's encoding: a user and a pool of candidates, from which a list
 * is to be made.
 *
 * @param schema the encoding
 * @param userIds the user's categorical ids, one a field
 * @param userValues the user's scaled dense values, one a field
 * @param itemIds the candidates' categorical ids, candidate by candidate: [pool * fields]
 * @param itemValues the candidates' scaled dense values: [pool * fields]
 * @param pool number of candidates; at least 2
 * @param length number of items to choose; 1 to the pool's size
 * @param labels what people call the candidates, one each
 */
public record Request(
    Schema schema,
    int[] userIds,
    float[] userValues,
    int[] itemIds,
    float[] itemValues,
    int pool,
    int length,
    String[] labels) {

  public Request {
    if (pool < 2) {
      throw new DataException("a request needs at least 2 candidates; it has " + pool);
    }
    if (length < 1 || length > pool) {
      throw new DataException(
          "a request for %d items of %d candidates; allowed is 1 to %d"
              .formatted(length, pool, pool));
    }
    requireWidth("userIds", userIds.length, schema.userCategories().size());
    requireWidth("userValues", userValues.length, schema.userValues().size());
    requireWidth("itemIds", itemIds.length, pool * schema.itemCategories().size());
    requireWidth("itemValues", itemValues.length, pool * schema.itemValues().size());
    requireWidth("labels", labels.length, pool);
  }

  /** The same pool, asked for another number of items. */
  public Request withLength(int items) {
    return new Request(schema, userIds, userValues, itemIds, itemValues, pool, items, labels);
  }

  /**
   * The same request with a part of its pool: new candidate i is old candidate kept[i].
   *
   * @param kept at least as many as the list is to have
   */
  public Request withCandidates(int[] kept) {
    int ids = schema.itemCategories().size();
    int values = schema.itemValues().size();
    int[] keptIds = new int[kept.length * ids];
    float[] keptValues = new float[kept.length * values];
    String[] keptLabels = new String[kept.length];
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(itemIds, kept[i] * ids, keptIds, i * ids, ids);
      System.arraycopy(itemValues, kept[i] * values, keptValues, i * values, values);
      keptLabels[i] = labels[kept[i]];
    }
    return new Request(
        schema, userIds, userValues, keptIds, keptValues, kept.length, length, keptLabels);
  }

  private static void requireWidth(String what, int actual, int expected) {
    if (actual != expected) {
      throw new DataException(
          "a request's %s has %d entries; its schema and pool ask for %d"
              .formatted(what, actual, expected));
    }
  }
}
