package org.eglr.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.DataException;
import org.eglr.data.Entities;
import org.eglr.data.Missing;

/** The distinct users or items of a log, in the order in which they first appear. */
final class EntityRows {

  private final StructType type;
  private final Map<Row, Integer> known = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  EntityRows(StructType type) {
    this.type = type;
  }

  /** Refuses fields that are neither categories nor dense values. */
  static void check(String what, StructType type) {
    for (StructField field : type.fields()) {
      if (!isLabel(field) && !isCategory(field.dataType()) && !isDense(field.dataType())) {
        throw new DataException(
            "%s: '%s' is of type %s; a field is a string, a number or a boolean: cast it, or drop it"
                .formatted(what, field.name(), field.dataType().simpleString()));
      }
    }
  }

  /** A user of whom nothing is known. */
  static Row unknown(StructType type) {
    return RowFactory.create(new Object[type.size()]);
  }

  static boolean isLabel(StructField field) {
    return field.name().equals(RowRequests.LABEL);
  }

  static boolean isCategory(DataType type) {
    return type instanceof StringType
        || type instanceof BooleanType
        || type instanceof IntegralType;
  }

  static boolean isDense(DataType type) {
    return type instanceof NumericType && !isCategory(type);
  }

  /**
   * The number of a struct's entity, 0-based.
   *
   * @param where it stands, for messages
   */
  int of(Row struct, String where) {
    if (struct == null) {
      throw new DataException(where + " is null; leave it out");
    }
    Integer number = known.get(struct);
    if (number == null) {
      for (int f = 0; f < type.size(); f++) {
        if (isDense(type.apply(f).dataType()) && !struct.isNullAt(f)) {
          double value = ((Number) struct.get(f)).doubleValue();
          if (!Double.isFinite(value)) {
            throw new DataException(
                "%s, field '%s' is %s; it needs a finite number, or null where it is missing"
                    .formatted(where, type.apply(f).name(), value));
          }
        }
      }
      number = rows.size();
      known.put(struct, number);
      rows.add(struct);
    }
    return number;
  }

  /**
   * All of them: a missing category is one of its own, a dense field with gaps has a flag.
   *
   * @param gaps dense fields that have one anyway
   */
  Entities build(String what, Set<String> gaps) {
    String[] keys = new String[rows.size()];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = String.valueOf(row + 1);
    }
    Entities.Builder entities = Entities.of(what, keys);
    for (int f = 0; f < type.size(); f++) {
      StructField field = type.apply(f);
      if (isLabel(field)) {
        entities.labels(texts(f));
      } else if (isCategory(field.dataType())) {
        entities.categorical(field.name(), categories(f));
      } else {
        addDense(entities, field.name(), f, gaps.contains(field.name()));
      }
    }
    return entities.build();
  }

  private String[] texts(int f) {
    return rows.stream()
        .map(row -> row.isNullAt(f) ? null : row.get(f).toString())
        .toArray(String[]::new);
  }

  private String[] categories(int f) {
    return rows.stream().map(row -> category(row, f)).toArray(String[]::new);
  }

  /** A categorical field's value; what is missing is one, too. */
  static String category(Row row, int f) {
    String value = Missing.category(row.get(f));
    return value == null ? Missing.CATEGORY : value;
  }

  /** A dense field's value; NaN where it is missing. */
  static double dense(Row row, int f) {
    return row.isNullAt(f) ? Double.NaN : ((Number) row.get(f)).doubleValue();
  }

  private void addDense(Entities.Builder entities, String name, int f, boolean gap) {
    double[] values = new double[rows.size()];
    double[] flags = new double[values.length];
    boolean missing = gap;
    for (int row = 0; row < values.length; row++) {
      values[row] = dense(rows.get(row), f);
      boolean gone = rows.get(row).isNullAt(f);
      flags[row] = gone ? 1 : 0;
      missing |= gone;
    }
    entities.dense(name, values);
    if (missing) {
      entities.dense(Missing.flag(name), flags);
    }
  }
}
