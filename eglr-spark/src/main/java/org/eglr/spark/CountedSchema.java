package org.eglr.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.DataException;
import org.eglr.data.Missing;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;

/**
 * The schema of lists of any number, by counting: vocabularies without rare values, scalings.
 *
 * <pre>{@code
 * Schema schema = CountedSchema.of(lists, "user", "candidates", 10);
 * Eglr eglr = Eglr.builder(schema).build();
 * }</pre>
 *
 * <p>A vocabulary is in the order of counts, the largest first, equal ones by their text; a value
 * that is counted too seldom is unknown to the model. Scalings are over different users and
 * different items, as on one machine. Neither depends on partitions.
 */
public final class CountedSchema {

  private CountedSchema() {}

  /**
   * Counts.
   *
   * @param lists rows as {@link SparkLog#lists} gives them, those that train
   * @param user the column of the user's struct; null for none
   * @param candidates the column of the candidates, an array of structs
   * @param least times that a value must stand in lists (of a user's fields: lists) to be known
   * @throws DataException if a column is not there or of another type
   */
  public static Schema of(Dataset<Row> lists, String user, String candidates, long least) {
    if (least < 1) {
      throw new DataException("a least count of %d; it must be 1 or more".formatted(least));
    }
    DataType pool = type(lists, candidates);
    if (!(pool instanceof ArrayType array && array.elementType() instanceof StructType item)) {
      throw new DataException(
          "candidates column '%s' is of type %s; it needs an array of structs"
              .formatted(candidates, pool.simpleString()));
    }
    Dataset<Row> items =
        lists.select(functions.explode(Columns.of(candidates)).as("e")).filter("e is not null");
    List<Vocabulary> userCategories = List.of();
    List<Scaling> userValues = List.of();
    if (user != null) {
      DataType type = type(lists, user);
      if (!(type instanceof StructType fields)) {
        throw new DataException(
            "user column '%s' is of type %s; it needs a struct of the user's fields"
                .formatted(user, type.simpleString()));
      }
      EntityRows.check("user", fields);
      Dataset<Row> users = lists.select(Columns.of(user).as("e")).filter("e is not null");
      userCategories = vocabularies(users, fields, least);
      userValues = scalings(users, fields);
    }
    EntityRows.check("candidates", item);
    return new Schema(
        userCategories, userValues, vocabularies(items, item, least), scalings(items, item));
  }

  private static DataType type(Dataset<Row> lists, String column) {
    return lists.schema().fields()[Columns.place(lists.schema(), column, "of")].dataType();
  }

  private static Column field(String name) {
    return functions.col("e").getField(name);
  }

  /** One pass for all fields. */
  private static List<Vocabulary> vocabularies(
      Dataset<Row> entities, StructType struct, long least) {
    List<String> names = List.of(new EntityFields(struct).categoryNames());
    if (names.isEmpty()) {
      return List.of();
    }
    Column[] values =
        names.stream()
            .map(
                name -> {
                  Column text = field(name).cast("string");
                  Column there = functions.when(text.notEqual(""), text);
                  return functions.struct(
                      functions.lit(name).as("field"),
                      functions.coalesce(there, functions.lit(Missing.CATEGORY)).as("value"));
                })
            .toArray(Column[]::new);
    List<Row> counted =
        entities
            .select(functions.explode(functions.array(values)).as("v"))
            .groupBy("v.field", "v.value")
            .count()
            .filter(functions.col("count").geq(least))
            .collectAsList();
    Comparator<Row> order = Comparator.comparingLong(row -> -row.getLong(2));
    Map<String, List<String>> known = new LinkedHashMap<>();
    names.forEach(name -> known.put(name, new ArrayList<>()));
    counted.stream()
        .sorted(order.thenComparing(row -> row.getString(1)))
        .forEach(row -> known.get(row.getString(0)).add(row.getString(1)));
    return known.entrySet().stream().map(e -> new Vocabulary(e.getKey(), e.getValue())).toList();
  }

  private static List<Scaling> scalings(Dataset<Row> entities, StructType struct) {
    List<Scaling> scalings = new ArrayList<>();
    List<String> names = List.of(new EntityFields(struct).denseNames());
    if (names.isEmpty()) {
      return scalings;
    }
    Dataset<Row> different = entities.distinct().cache();
    try {
      for (String name : names) {
        Column value = field(name).cast("double");
        Moments there = new Moments();
        Moments missing = new Moments();
        Iterator<Row> counts =
            different.groupBy(value.as("value")).count().orderBy("value").toLocalIterator();
        while (counts.hasNext()) {
          Row row = counts.next();
          missing.add(row.isNullAt(0) ? 1 : 0, row.getLong(1));
          if (!row.isNullAt(0) && Double.isFinite(row.getDouble(0))) {
            there.add(row.getDouble(0), row.getLong(1));
          }
        }
        scalings.add(there.scaling(name));
        if (missing.mean > 0) {
          scalings.add(missing.scaling(Missing.flag(name)));
        }
      }
    } finally {
      different.unpersist();
    }
    return scalings;
  }

  /** Mean and deviation of values that come in a fixed order. */
  private static final class Moments {

    private double count;
    private double mean;
    private double squares;

    void add(double value, long times) {
      count += times;
      double difference = value - mean;
      mean += difference * times / count;
      squares += difference * (value - mean) * times;
    }

    Scaling scaling(String name) {
      return Scaling.fitted(name, mean, count == 0 ? 0 : Math.sqrt(squares / count));
    }
  }
}
