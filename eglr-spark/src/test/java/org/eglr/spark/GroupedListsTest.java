package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One candidate a row: the rows of a list come together whatever partitions they come from. */
class GroupedListsTest {

  private static SparkSession spark;
  private static Dataset<Row> lists;
  private static Dataset<Row> candidates;

  @BeforeAll
  static void start() {
    spark = Sparks.start("local[2]");
    lists = ListRows.of(spark, Trained.LISTS.range(0, 400)).repartition(2);
    candidates =
        lists
            .select(
                functions.col("list"),
                functions.col("user"),
                functions.posexplode(functions.col("candidates")).as(new String[] {"place", "c"}))
            .select("list", "user", "place", "c.*")
            .cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static EglrRerankModel model() {
    return Trained.model().setGroupCol("list").setOrderCol("place").setEntropyCol("entropy");
  }

  private static List<Row> rankings(Dataset<Row> ranked) {
    return ranked.orderBy("list").select("list", "ranking", "entropy", "error").collectAsList();
  }

  @Test
  void scatteredRowsGiveTheListsOfWholeOnes() {
    List<Row> whole = rankings(Trained.model().setEntropyCol("entropy").transform(lists));
    for (int partitions : new int[] {1, 2, 8}) {
      Dataset<Row> scattered = candidates.repartition(partitions, functions.rand(partitions));
      assertEquals(whole, rankings(model().transform(scattered)));
    }
  }

  @Test
  void withoutAnOrderTheValuesDecide() {
    EglrRerankModel model = Trained.model().setGroupCol("list").setEntropyCol("entropy");
    List<Row> one = rankings(model.transform(candidates.repartition(1)));
    assertEquals(one, rankings(model.transform(candidates.repartition(8, functions.rand(1)))));
    assertEquals(400, one.size());
  }

  @Test
  void hasOneRowAList() {
    Dataset<Row> ranked = model().setCandidatesCol("pool").transform(candidates);
    assertEquals(
        List.of("list", "user", "pool", "ranking", "entropy", "error"), List.of(ranked.columns()));
    assertEquals(
        model().setCandidatesCol("pool").transformSchema(candidates.schema()), ranked.schema());
    Row first = ranked.orderBy("list").first();
    Row item = (Row) first.getList(first.fieldIndex("ranking")).get(0);
    Row chosen = (Row) first.getList(first.fieldIndex("pool")).get(item.getInt(0));
    assertEquals(chosen.<String>getAs("label"), item.getString(1));
  }

  @Test
  void listsThatAreNoneAreTold() {
    Column list = functions.col("list");
    long small = candidates.select(functions.min("list")).first().getLong(0);
    long strange = candidates.select(functions.max("list")).first().getLong(0);
    String field = Trained.DATA.schema().userCategories().get(0).field();
    Column odd = list.equalTo(strange).and(functions.col("place").equalTo(1));
    Dataset<Row> poisoned =
        candidates
            .filter(list.notEqual(small).or(functions.col("place").equalTo(0)))
            .withColumn(
                "user",
                functions
                    .when(odd, functions.col("user").withField(field, functions.lit("another")))
                    .otherwise(functions.col("user")))
            .withColumn("list", functions.when(list.equalTo(small + 0L).or(list.geq(0)), list))
            .union(candidates.limit(30).withColumn("list", functions.lit(null).cast("bigint")));
    List<Row> rows = rankings(model().transform(poisoned));
    assertEquals(401, rows.size());
    assertEquals("there are 0 candidates; a list needs at least 2", rows.get(0).getString(3));
    assertTrue(rows.get(0).isNullAt(0));
    assertEquals("there are 1 candidates; a list needs at least 2", rows.get(1).getString(3));
    assertEquals(
        "the list's rows have 2 different users; a list has one", rows.get(400).getString(3));
    assertNull(rows.get(2).getString(3));
    assertEquals(398, rows.stream().filter(row -> row.isNullAt(3)).count());
  }
}
