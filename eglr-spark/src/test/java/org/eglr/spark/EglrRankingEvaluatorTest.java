package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eglr.Ranking;
import org.eglr.data.DataException;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;
import org.eglr.metrics.ReportBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The report over partitions against that of one machine. */
class EglrRankingEvaluatorTest {

  private static final int LISTS = 800;
  private static SparkSession spark;
  private static Dataset<Row> ranked;
  private static Report expected;

  @BeforeAll
  static void start() {
    spark = Sparks.start("local[2]");
    Dataset<Row> lists = ListRows.of(spark, Trained.LISTS.range(0, LISTS));
    ranked = Trained.model().setScoreCol("score").transform(lists).cache();
    ReportBuilder builder = new ReportBuilder("one machine", Trained.LISTS.range(0, LISTS));
    for (int list = 0; list < LISTS; list++) {
      Ranking ranking = Trained.EXPECTED.get(list);
      builder.add(list, ranking.order(), ranking.score());
    }
    expected = builder.build(Optional.empty());
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static EglrRankingEvaluator evaluator() {
    return new EglrRankingEvaluator().setScoreCol("score").setUserCol("user");
  }

  @Test
  void theReportIsThatOfOneMachine() {
    Report found = evaluator().report(ranked.repartition(3));
    assertEquals(LISTS, found.lists());
    assertEquals(6, found.metrics().size());
    for (Metric metric : found.metrics()) {
      assertEquals(expected.value(metric.name()), metric.value(), 1e-12, metric.name());
      assertEquals(standardError(metric.name()), metric.standardError(), 1e-9, metric.name());
    }
  }

  private static double standardError(String name) {
    return expected.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow()
        .standardError();
  }

  @Test
  void partitionsChangeNoBit() {
    Report one = evaluator().report(ranked.coalesce(1));
    Report many = evaluator().report(ranked.repartition(8, functions.rand(3)));
    assertEquals(one.metrics(), many.metrics());
  }

  @Test
  void evaluatesTheMetricThatIsNamed() {
    assertEquals(
        expected.value("MAP@5"), evaluator().setMetricName("MAP@5").evaluate(ranked), 1e-12);
    assertEquals(expected.value("NDCG@10"), evaluator().evaluate(ranked), 1e-12);
    assertThrows(
        IllegalArgumentException.class, () -> evaluator().setMetricName("MAP").evaluate(ranked));
  }

  @Test
  void rowsWithErrorsAreLeftOut() {
    Dataset<Row> half =
        ranked.withColumn(
            "ranking",
            functions.when(functions.col("list").mod(2).equalTo(0), functions.col("ranking")));
    int even = (int) half.filter("ranking is not null").count();
    assertEquals(even, new EglrRankingEvaluator().report(half).lists());
    Dataset<Row> none = half.filter("ranking is null");
    assertEquals(
        "no row has a list; the error column says why",
        assertThrows(DataException.class, () -> evaluator().report(none)).getMessage());
    assertEquals(
        "clicks column 'time' is no array of boolean",
        assertThrows(DataException.class, () -> evaluator().setClicksCol("time").report(ranked))
            .getMessage());
  }
}
