package org.eglr.train;

import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.DataException;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;

/** Finds fields of items by their names. */
final class ItemFields {

  private ItemFields() {}

  /** The index of a categorical field. */
  static int category(Schema schema, String field) {
    return index(field, "categorical", categories(schema), "dense", numbers(schema));
  }

  /** The index of a dense field. */
  static int number(Schema schema, String field) {
    return index(field, "dense", numbers(schema), "categorical", categories(schema));
  }

  private static int index(
      String field, String kind, List<String> names, String otherKind, List<String> others) {
    int index = names.indexOf(field);
    if (index >= 0) {
      return index;
    }
    String why = others.contains(field) ? ": it is " + otherKind : "";
    throw new IllegalArgumentException(
        "no %s item field '%s'%s; there are %s".formatted(kind, field, why, names));
  }

  private static List<String> categories(Schema schema) {
    return schema.itemCategories().stream().map(Vocabulary::field).toList();
  }

  private static List<String> numbers(Schema schema) {
    return schema.itemValues().stream().map(Scaling::field).toList();
  }

  /**
   * The values that each candidate has of a field: one of a categorical field, any number where the
   * field is spread over dense ones of 0 or 1 named {@code field_VALUE}.
   *
   * @return ids of values, candidate by candidate: [N][values]
   */
  static int[][] values(Request request, String field) {
    Schema schema = request.schema();
    int fields = schema.itemCategories().size();
    int category = position(schema, field);
    int[][] values = new int[request.pool()][];
    if (category >= 0) {
      for (int i = 0; i < values.length; i++) {
        values[i] = new int[] {request.itemIds()[i * fields + category]};
      }
      return values;
    }
    int[] flags = flags(schema, field);
    int numbers = schema.itemValues().size();
    for (int i = 0; i < values.length; i++) {
      int row = i * numbers;
      values[i] = // a flag is 1 where it is above its mean
          IntStream.of(flags).filter(flag -> request.itemValues()[row + flag] > 0).toArray();
    }
    return values;
  }

  /** The ids that {@link #values} gives are below this. */
  static int ids(Schema schema, String field) {
    int category = position(schema, field);
    return category >= 0
        ? schema.itemCategories().get(category).size()
        : schema.itemValues().size();
  }

  /** Refuses a field that {@link #values} does not find. */
  static void require(Schema schema, String reward, String field) {
    if (position(schema, field) < 0 && flags(schema, field).length == 0) {
      throw new DataException(
          "reward '%s': no categorical item field '%s', nor dense ones '%s_...'; there are %s"
              .formatted(reward, field, field, categories(schema)));
    }
  }

  private static int position(Schema schema, String field) {
    for (int f = 0; f < schema.itemCategories().size(); f++) {
      if (schema.itemCategories().get(f).field().equals(field)) {
        return f;
      }
    }
    return -1;
  }

  private static int[] flags(Schema schema, String field) {
    return IntStream.range(0, schema.itemValues().size())
        .filter(f -> schema.itemValues().get(f).field().startsWith(field + "_"))
        .toArray();
  }
}
