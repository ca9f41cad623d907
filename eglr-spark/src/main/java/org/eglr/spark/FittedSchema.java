package org.eglr.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.eglr.data.Missing;
import org.eglr.data.Scaling;
import org.eglr.data.ScalingFit;
import org.eglr.data.Vocabulary;
import scala.Tuple2;

/**
 * Vocabularies and scalings of the users or the items of a log that no machine holds: those that
 * one machine would fit. The distinct values of categories come to the driver, which the model
 * needs anyway; dense values pass by there, in order, and are not kept.
 */
record FittedSchema(List<Vocabulary> categories, List<Scaling> values) {

  /**
   * An entity's appearance.
   *
   * @param first where it stands first in the whole log
   * @param trained whether a training list has it
   */
  record Seen(long first, boolean trained) implements Serializable {

    Seen and(Seen other) {
      return new Seen(Math.min(first, other.first), trained || other.trained);
    }
  }

  /**
   * @param appearances of entities; many of each
   * @param gaps dense fields that have a flag for what is missing
   */
  static FittedSchema of(JavaPairRDD<Row, Seen> appearances, StructType type, Set<String> gaps) {
    EntityFields fields = new EntityFields(type);
    JavaPairRDD<Long, Row> entities =
        appearances
            .reduceByKey(Seen::and)
            .filter(entity -> entity._2().trained())
            .mapToPair(entity -> new Tuple2<>(entity._2().first(), entity._1()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new FittedSchema(vocabularies(entities, fields), scalings(entities, fields, gaps));
    } finally {
      entities.unpersist();
    }
  }

  /** Each field's distinct values in the order in which their entities first appear. */
  private static List<Vocabulary> vocabularies(
      JavaPairRDD<Long, Row> entities, EntityFields fields) {
    int count = fields.categoryNames().length;
    List<Tuple2<Tuple2<Integer, String>, Long>> found =
        entities
            .flatMapToPair(
                entity -> {
                  List<Tuple2<Tuple2<Integer, String>, Long>> values = new ArrayList<>();
                  for (int f = 0; f < count; f++) {
                    String value = fields.category(entity._2(), f);
                    values.add(new Tuple2<>(new Tuple2<>(f, value), entity._1()));
                  }
                  return values.iterator();
                })
            .reduceByKey(Math::min)
            .collect();
    List<Vocabulary> all = new ArrayList<>();
    for (int f = 0; f < count; f++) {
      int field = f;
      all.add(
          new Vocabulary(
              fields.categoryNames()[f],
              found.stream()
                  .filter(value -> value._1()._1() == field)
                  .sorted(Comparator.comparingLong(Tuple2::_2))
                  .map(value -> value._1()._2())
                  .toList()));
    }
    return all;
  }

  private static List<Scaling> scalings(
      JavaPairRDD<Long, Row> entities, EntityFields fields, Set<String> gaps) {
    String[] names = fields.denseNames();
    if (names.length == 0) {
      return List.of();
    }
    JavaRDD<double[]> rows =
        entities
            .mapToPair(entity -> new Tuple2<>(entity._1(), fields.dense(entity._2())))
            .sortByKey()
            .values()
            .persist(StorageLevel.MEMORY_AND_DISK());
    ScalingFit[] values = new ScalingFit[names.length];
    ScalingFit[] flags = new ScalingFit[names.length];
    for (int f = 0; f < names.length; f++) {
      values[f] = new ScalingFit();
      flags[f] = new ScalingFit();
    }
    try {
      for (boolean first : new boolean[] {true, false}) {
        for (Iterator<double[]> each = rows.toLocalIterator(); each.hasNext(); ) {
          double[] row = each.next();
          for (int f = 0; f < row.length; f++) {
            take(values[f], row[f], first);
            take(flags[f], Double.isNaN(row[f]) ? 1 : 0, first);
          }
        }
      }
    } finally {
      rows.unpersist();
    }
    List<Scaling> all = new ArrayList<>();
    for (int f = 0; f < names.length; f++) {
      all.add(values[f].scaling(names[f]));
      if (gaps.contains(names[f])) {
        all.add(flags[f].scaling(Missing.flag(names[f])));
      }
    }
    return all;
  }

  private static void take(ScalingFit fit, double value, boolean first) {
    if (first) {
      fit.first(value);
    } else {
      fit.second(value);
    }
  }
}
