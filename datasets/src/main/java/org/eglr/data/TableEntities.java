package org.eglr.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The distinct users or items of a table. One whose fields differ from row to row is an entity of
 * its own for each set of values: "7#2" is the second one with the key 7.
 */
final class TableEntities {

  private record Identity(String key, List<Object> values) {}

  private final TableFields fields;
  private final Map<Identity, Integer> known = new HashMap<>();
  private final Map<String, Integer> variants = new HashMap<>();
  private final List<String> keys = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Integer> rows = new ArrayList<>();

  TableEntities(TableFields fields) {
    this.fields = fields;
  }

  /**
   * The entity that a row describes.
   *
   * @param key who it is
   * @param id its category; null where nothing is known of it
   */
  int of(String key, String id, int row) {
    return known.computeIfAbsent(
        new Identity(key, fields.values(row)),
        identity -> {
          int variant = variants.merge(key, 1, Integer::sum);
          keys.add(variant == 1 ? key : key + "#" + variant);
          ids.add(id);
          rows.add(row);
          return keys.size() - 1;
        });
  }

  int size() {
    return keys.size();
  }

  /**
   * @param idField name of the field that holds the key; null for none
   * @param label what people call the entity of a row; null for its key
   */
  Entities build(String what, String idField, TableColumn label) {
    Entities.Builder entities = Entities.of(what, distinctKeys());
    if (label != null) {
      entities.labels(texts(row -> label.category(rows.get(row))));
    }
    if (idField != null) {
      entities.categorical(idField, categories(ids.toArray(String[]::new)));
    }
    for (TableColumn column : fields.categorical) {
      entities.categorical(column.name(), categories(texts(row -> column.category(rows.get(row)))));
    }
    for (TableColumn column : fields.dense) {
      addDense(entities, column);
    }
    return entities.build();
  }

  /** A key of the data can look like another one's variant. */
  private String[] distinctKeys() {
    Map<String, Integer> seen = new HashMap<>();
    return keys.stream()
        .map(
            key -> {
              String distinct = key;
              while (seen.putIfAbsent(distinct, 1) != null) {
                distinct += "'";
              }
              return distinct;
            })
        .toArray(String[]::new);
  }

  private static String[] categories(String[] values) {
    for (int row = 0; row < values.length; row++) {
      values[row] = values[row] == null ? Missing.CATEGORY : values[row];
    }
    return values;
  }

  private void addDense(Entities.Builder entities, TableColumn column) {
    double[] values = rows.stream().mapToDouble(column::number).toArray();
    double[] flags = new double[values.length];
    boolean missing = false;
    for (int row = 0; row < values.length; row++) {
      flags[row] = Double.isNaN(values[row]) ? 1 : 0;
      missing |= flags[row] == 1;
    }
    entities.dense(column.name(), values);
    if (missing) {
      entities.dense(Missing.flag(column.name()), flags);
    }
  }

  private String[] texts(IntFunction<String> text) {
    String[] texts = new String[keys.size()];
    for (int row = 0; row < texts.length; row++) {
      texts[row] = text.apply(row);
    }
    return texts;
  }
}
