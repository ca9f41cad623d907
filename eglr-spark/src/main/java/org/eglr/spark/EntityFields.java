package org.eglr.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Where the categories and the dense fields of a user's or candidate's struct stand. */
final class EntityFields implements Serializable {

  private final int[] categories;
  private final String[] categoryNames;
  private final int[] dense;
  private final String[] denseNames;

  EntityFields(StructType type) {
    List<Integer> texts = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int f = 0; f < type.size(); f++) {
      StructField field = type.apply(f);
      if (!EntityRows.isLabel(field)) {
        (EntityRows.isCategory(field.dataType()) ? texts : numbers).add(f);
      }
    }
    categories = texts.stream().mapToInt(Integer::intValue).toArray();
    dense = numbers.stream().mapToInt(Integer::intValue).toArray();
    categoryNames = names(type, categories);
    denseNames = names(type, dense);
  }

  private static String[] names(StructType type, int[] fields) {
    return Arrays.stream(fields).mapToObj(f -> type.apply(f).name()).toArray(String[]::new);
  }

  String[] categoryNames() {
    return categoryNames;
  }

  String[] denseNames() {
    return denseNames;
  }

  String category(Row row, int field) {
    return EntityRows.category(row, categories[field]);
  }

  /** NaN where it is missing. */
  double dense(Row row, int field) {
    return EntityRows.dense(row, dense[field]);
  }

  /** The values of all dense fields. */
  double[] dense(Row row) {
    double[] values = new double[dense.length];
    for (int f = 0; f < values.length; f++) {
      values[f] = dense(row, f);
    }
    return values;
  }
}
