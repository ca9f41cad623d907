package org.eglr.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the distinct users or items of LibRerank's files as columns of text and numbers. */
final class LibRerankEntities {

  /** Ids and dense values of all entities together. */
  static final int MAX_VALUES = 8_000_000;

  private final String what;
  private final String idField;
  private final List<String> keys = new ArrayList<>();
  private final List<String[]> ids = new ArrayList<>();
  private final List<double[]> dense = new ArrayList<>();
  private final Map<Long, String> texts = new HashMap<>();
  private long values;

  /**
   * @param what "users" or "items"
   * @param idField first part of the categorical fields' names: "profile" makes profile_0, ...
   */
  LibRerankEntities(String what, String idField) {
    this.what = what;
    this.idField = idField;
  }

  int size() {
    return keys.size();
  }

  String[] ids(int row) {
    return ids.get(row);
  }

  /** The ids as text; equal ids share it. */
  String[] texts(long[] numbers) {
    return Arrays.stream(numbers)
        .mapToObj(id -> texts.computeIfAbsent(id, n -> Long.toString(n)))
        .toArray(String[]::new);
  }

  /** Adds an entity with as many ids and values as those before; returns its row. */
  int add(String key, String[] idTexts, double[] denseValues) {
    values += idTexts.length + denseValues.length + 1L;
    if (values > MAX_VALUES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "more than %,d ids and values of distinct %s; give fewer lists",
              MAX_VALUES,
              what));
    }
    keys.add(key);
    ids.add(idTexts);
    dense.add(denseValues);
    return keys.size() - 1;
  }

  Entities build() {
    Entities.Builder entities = Entities.of(what, keys.toArray(String[]::new));
    for (int f = 0; f < ids.get(0).length; f++) {
      int field = f;
      entities.categorical(
          idField + "_" + f, ids.stream().map(row -> row[field]).toArray(String[]::new));
    }
    for (int f = 0; f < dense.get(0).length; f++) {
      int field = f;
      entities.dense("dense_" + f, dense.stream().mapToDouble(row -> row[field]).toArray());
    }
    return entities.build();
  }
}
