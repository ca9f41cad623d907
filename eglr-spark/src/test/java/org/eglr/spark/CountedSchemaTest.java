package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eglr.data.DataException;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Vocabularies and scalings by counting, beside those of one machine. */
class CountedSchemaTest {

  private static SparkSession spark;
  private static Dataset<Row> lists;

  @BeforeAll
  static void start() {
    spark = Sparks.start("local[2]");
    spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN"); // many columns, few rows
    lists =
        ListRows.of(spark, Trained.LISTS.range(0, 150))
            .withColumn(
                "candidates",
                functions.transform(
                    functions.col("candidates"),
                    c ->
                        c.withField(
                                "price",
                                functions.when(c.getField("price").gt(20), c.getField("price")))
                            .withField(
                                "brand",
                                functions.when(
                                    c.getField("brand").notEqual("brand_1"),
                                    c.getField("brand")))));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void knowsWhatOneMachineKnows() {
    EglrReranker reranker = new EglrReranker().setUserCol("user").setTimeCol("time");
    Schema one =
        new CollectedLog(reranker, lists.schema())
            .collect(lists, 1_000_000)
            .split(1, 0, 0)
            .schema();
    Schema counted = CountedSchema.of(lists.repartition(1), "user", "candidates", 1);
    assertEquals(counted, CountedSchema.of(lists.repartition(8), "user", "candidates", 1));
    same(one.userCategories(), counted.userCategories());
    same(one.itemCategories(), counted.itemCategories());
    close(one.userValues(), counted.userValues());
    close(one.itemValues(), counted.itemValues());
  }

  private static void same(List<Vocabulary> expected, List<Vocabulary> actual) {
    assertEquals(
        expected.stream().map(Vocabulary::field).toList(),
        actual.stream().map(Vocabulary::field).toList());
    for (int f = 0; f < actual.size(); f++) {
      assertEquals(new HashSet<>(expected.get(f).values()), new HashSet<>(actual.get(f).values()));
    }
  }

  private static void close(List<Scaling> expected, List<Scaling> actual) {
    assertEquals(
        expected.stream().map(Scaling::field).toList(),
        actual.stream().map(Scaling::field).toList());
    for (int f = 0; f < actual.size(); f++) {
      assertEquals(expected.get(f).mean(), actual.get(f).mean(), 1e-9);
      assertEquals(expected.get(f).deviation(), actual.get(f).deviation(), 1e-9);
    }
  }

  @Test
  void theMostFrequentComeFirstAndRareOnesAreUnknown() {
    List<Row> counts =
        lists
            .select(functions.explode(functions.col("candidates")).as("c"))
            .groupBy(
                functions.coalesce(functions.col("c.brand"), functions.lit("(missing)")).as("b"))
            .count()
            .orderBy(functions.col("count").desc(), functions.col("b"))
            .collectAsList();
    long least = counts.get(2).getLong(1);
    List<String> expected =
        counts.stream()
            .filter(row -> row.getLong(1) >= least)
            .map(row -> row.getString(0))
            .toList();
    Vocabulary brands =
        CountedSchema.of(lists, "user", "candidates", least).itemCategories().stream()
            .filter(vocabulary -> vocabulary.field().equals("brand"))
            .findFirst()
            .orElseThrow();
    assertEquals(expected, brands.values());
    assertEquals(Vocabulary.UNKNOWN, brands.id(counts.get(counts.size() - 1).getString(0)));
  }

  @Test
  void otherColumnsAreRefused() {
    DataException refused =
        assertThrows(DataException.class, () -> CountedSchema.of(lists, "user", "clicks", 1));
    assertEquals(
        "candidates column 'clicks' is of type array<boolean>; it needs an array of structs",
        refused.getMessage());
    assertThrows(DataException.class, () -> CountedSchema.of(lists, "time", "candidates", 1));
    assertThrows(DataException.class, () -> CountedSchema.of(lists, null, "candidates", 0));
  }
}
