package org.eglr.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.DataException;
import org.eglr.data.Missing;
import org.eglr.data.Scaling;
import org.eglr.data.Vocabulary;

/** Where the fields of a model's schema stand in a struct; checked once, before a job starts. */
final class StructFields implements Serializable {

  private static final List<Class<? extends DataType>> CATEGORIES =
      List.of(
          StringType.class,
          BooleanType.class,
          ByteType.class,
          ShortType.class,
          IntegerType.class,
          LongType.class,
          FloatType.class,
          DoubleType.class);

  private final String[] names;
  private final int[] places;

  private StructFields(List<String> names, StructType struct) {
    this.names = names.toArray(String[]::new);
    places = names.stream().mapToInt(struct::fieldIndex).toArray();
  }

  /**
   * The fields of a struct that the schema has.
   *
   * @param where what the struct is, for messages
   * @throws DataException if the struct lacks a field of the schema or has another type for it
   */
  static StructFields of(
      String where, StructType struct, List<Vocabulary> categories, List<Scaling> values) {
    List<String> there = Arrays.asList(struct.fieldNames());
    List<String> found = new ArrayList<>();
    for (Vocabulary category : categories) {
      String name = category.field();
      requireThere(where, name, there);
      DataType type = struct.apply(name).dataType();
      if (CATEGORIES.stream().noneMatch(known -> known.isInstance(type))) {
        throw new DataException(
            "%s: '%s' is of type %s; a category is a string, a whole number or a boolean: cast it to string"
                .formatted(where, name, type.simpleString()));
      }
      found.add(name);
    }
    List<String> dense = values.stream().map(Scaling::field).toList();
    for (String name : dense) {
      if (!there.contains(name) && isFlag(name, dense)) {
        continue; // what it says follows from the field that it is of
      }
      requireThere(where, name, there);
      DataType type = struct.apply(name).dataType();
      if (!(type instanceof NumericType) && !(type instanceof BooleanType)) {
        throw new DataException(
            "%s: '%s' is of type %s; a dense field is a number or a boolean: cast it to double"
                .formatted(where, name, type.simpleString()));
      }
      found.add(name);
    }
    return new StructFields(found, struct);
  }

  private static boolean isFlag(String name, List<String> dense) {
    String flagged = Missing.flagged(name);
    return flagged != null && dense.contains(flagged);
  }

  private static void requireThere(String where, String name, List<String> there) {
    if (!there.contains(name)) {
      throw new DataException(
          "%s: there is no '%s', a field of the model; there are %s. Add it, with null where it is missing"
              .formatted(where, name, String.join(", ", there)));
    }
  }

  /** Where each of some fields stands; -1: it is not there. */
  int[] places(List<String> fields) {
    List<String> read = Arrays.asList(names);
    return fields.stream().mapToInt(f -> read.contains(f) ? places[read.indexOf(f)] : -1).toArray();
  }
}
