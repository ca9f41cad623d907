package org.eglr.data;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of a categorical field that training has seen. Id 0 stands for everything else
 * (unknown or missing); the value at index i of {@link #values()} has id i + 1.
 */
public final class Vocabulary {

  /** The id of values that training has not seen. */
  public static final int UNKNOWN = 0;

  private final String field;
  private final List<String> values;
  private final Map<String, Integer> ids;

  /**
   * @param field the field's name
   * @param values the known values in id order, without the unknown one
   * @throws DataException if a value is null or stands twice
   */
  public Vocabulary(String field, List<String> values) {
    this.field = field;
    this.ids = new HashMap<>(values.size() * 2);
    for (String value : values) {
      int id = ids.size() + 1;
      if (value == null) {
        throw new DataException("vocabulary of '%s': id %d has no value".formatted(field, id));
      }
      Integer first = ids.putIfAbsent(value, id);
      if (first != null) {
        throw new DataException(
            "vocabulary of '%s': value '%s' stands twice, as ids %d and %d"
                .formatted(field, value, first, id));
      }
    }
    this.values = List.copyOf(values);
  }

  /** The distinct non-null values in order of first appearance. */
  static Vocabulary of(String field, Iterable<String> seen) {
    LinkedHashSet<String> distinct = new LinkedHashSet<>();
    for (String value : seen) {
      if (value != null) {
        distinct.add(value);
      }
    }
    return new Vocabulary(field, List.copyOf(distinct));
  }

  public String field() {
    return field;
  }

  public List<String> values() {
    return values;
  }

  /** Number of ids, the unknown one included: the rows of the field's embedding table. */
  public int size() {
    return values.size() + 1;
  }

  /** The id of a value; {@link #UNKNOWN} if training has not seen it or it is null. */
  public int id(String value) {
    return value == null ? UNKNOWN : ids.getOrDefault(value, UNKNOWN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that
        && field.equals(that.field)
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return 31 * field.hashCode() + values.hashCode();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s (%,d ids)", field, size());
  }
}
