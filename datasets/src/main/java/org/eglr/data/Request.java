package org.eglr.data;

/**
 * One re-ranking request in a schema's encoding: a user and a pool of candidates, from which a list
 * is to be made. Its numbers are checked here, once, and nowhere after: the arrays are not copied,
 * and must not be written to later.
 *
 * @param schema the encoding
 * @param userIds the user's categorical ids, one a field, each within its vocabulary: 0 to {@link
 *     Vocabulary#size} - 1
 * @param userValues the user's dense values, one a field, as {@link Scaling#apply} gives them:
 *     within ±10, 0 where missing
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
    requireWidth("itemIds", itemIds.length, (long) pool * schema.itemCategories().size());
    requireWidth("itemValues", itemValues.length, (long) pool * schema.itemValues().size());
    requireWidth("labels", labels.length, pool);
    new RequestValues("user", "userIds").requireIds(userIds, schema.userCategories());
    new RequestValues("user", "userValues").requireValues(userValues, schema.userValues());
    new RequestValues("candidate", "itemIds").requireIds(itemIds, schema.itemCategories());
    new RequestValues("candidate", "itemValues").requireValues(itemValues, schema.itemValues());
  }

  /**
   * Starts a request from live values: {@code Request.of(schema).user(map).candidates(listOfMaps)
   * .length(10)}.
   */
  public static LiveRequest of(Schema schema) {
    return new LiveRequest(schema);
  }

  /** The same pool, asked for another number of items. */
  public Request withLength(int items) {
    return new Request(schema, userIds, userValues, itemIds, itemValues, pool, items, labels);
  }

  /**
   * The same request with a part of its pool: new candidate i is old candidate kept[i].
   *
   * @param kept at least as many as the list is to have; each 0 to the pool's size - 1
   */
  public Request withCandidates(int[] kept) {
    int ids = schema.itemCategories().size();
    int values = schema.itemValues().size();
    int[] keptIds = new int[kept.length * ids];
    float[] keptValues = new float[kept.length * values];
    String[] keptLabels = new String[kept.length];
    for (int i = 0; i < kept.length; i++) {
      if (kept[i] < 0 || kept[i] >= pool) {
        throw new DataException(
            "withCandidates: kept[%d] is %d; the pool's candidates are 0 to %d"
                .formatted(i, kept[i], pool - 1));
      }
      System.arraycopy(itemIds, kept[i] * ids, keptIds, i * ids, ids);
      System.arraycopy(itemValues, kept[i] * values, keptValues, i * values, values);
      keptLabels[i] = labels[kept[i]];
    }
    return new Request(
        schema, userIds, userValues, keptIds, keptValues, kept.length, length, keptLabels);
  }

  private static void requireWidth(String what, int actual, long expected) {
    if (actual != expected) {
      throw new DataException(
          "a request's %s has %d entries; its schema and pool ask for %d"
              .formatted(what, actual, expected));
    }
  }
}
