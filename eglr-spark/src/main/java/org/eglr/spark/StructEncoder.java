package org.eglr.spark;

import java.util.List;
import org.apache.spark.sql.Row;
import org.eglr.data.DataException;
import org.eglr.data.Missing;
import org.eglr.data.Scaling;
import org.eglr.data.Vocabulary;

/**
 * A task's way from structs to the numbers of a {@link org.eglr.data.Request}: the same as by
 * {@link org.eglr.data.LiveRequest}, without a map for each struct.
 */
final class StructEncoder {

  private final List<Vocabulary> vocabularies;
  private final List<Scaling> scalings;
  private final int[] categories; // where they stand in a struct
  private final int[] values; // -1: not there, a flag that follows from the field that it is of
  private final int[] flagged; // where the field stands that a dense field is the flag of; or -1

  StructEncoder(StructFields fields, List<Vocabulary> vocabularies, List<Scaling> scalings) {
    this.vocabularies = vocabularies;
    this.scalings = scalings;
    List<String> dense = scalings.stream().map(Scaling::field).toList();
    categories = fields.places(vocabularies.stream().map(Vocabulary::field).toList());
    values = fields.places(dense);
    flagged =
        fields.places(
            dense.stream()
                .map(Missing::flagged)
                .map(of -> dense.contains(of) ? of : null)
                .toList());
  }

  /**
   * Writes entity number {@code index} of a request; all is missing where there is no struct.
   *
   * @param whose the struct's name, for messages; a number behind it if not negative
   * @throws DataException if a value is no finite number
   */
  void encode(Row struct, int index, int[] ids, float[] dense, String whose, int number) {
    for (int f = 0; f < categories.length; f++) {
      Object value = value(struct, categories[f], vocabularies.get(f).field(), whose, number);
      String category = Missing.category(value);
      ids[index * categories.length + f] =
          vocabularies.get(f).id(category == null ? Missing.CATEGORY : category);
    }
    for (int f = 0; f < values.length; f++) {
      Object value = value(struct, values[f], scalings.get(f).field(), whose, number);
      double of = value == null ? missing(struct, f) : number(value);
      dense[index * values.length + f] = scalings.get(f).apply(of);
    }
  }

  /** A dense field without a value: NaN, or what it says of another if it is that one's flag. */
  private double missing(Row struct, int field) {
    if (flagged[field] < 0) {
      return Double.NaN;
    }
    return struct == null || struct.isNullAt(flagged[field]) ? 1 : 0;
  }

  private static Object value(Row struct, int at, String field, String whose, int number) {
    Object value = struct == null || at < 0 ? null : struct.get(at);
    boolean real = value instanceof Double || value instanceof Float;
    if (real && !Double.isFinite(((Number) value).doubleValue())) {
      throw new DataException(
          "%s, field '%s' is %s; it needs a finite number, or null where it is missing"
              .formatted(number < 0 ? whose : whose + " " + number, field, value));
    }
    return value;
  }

  private static double number(Object value) {
    return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).doubleValue();
  }
}
