package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that fail and executors that die change no list. */
class FaultsTest {

  /** What happens to the first task that meets a certain list: once, as a file remembers. */
  private enum Fault {
    NONE,
    EXCEPTION,
    EXECUTOR_DIES
  }

  private static final int LISTS = 600;

  private static List<Row> rerank(SparkSession spark, int partitions, Fault fault, Path folder) {
    Dataset<Row> lists = ListRows.of(spark, Trained.LISTS.range(0, LISTS));
    long unlucky = Trained.LISTS.logIndex(LISTS / 2);
    String memory = folder.resolve(fault + " " + partitions).toString();
    MapFunction<Row, Row> failing = row -> unluckyOnce(row, unlucky, fault, memory);
    Dataset<Row> ranked =
        Trained.model()
            .setBatchSize(16)
            .transform(lists.repartition(partitions))
            .map(failing, Encoders.row(Trained.model().transformSchema(lists.schema())));
    List<Row> rows = ranked.orderBy("list").collectAsList();
    assertEquals(LISTS, rows.size());
    assertEquals(fault != Fault.NONE, Files.exists(Path.of(memory)));
    return rows;
  }

  private static Row unluckyOnce(Row row, long unlucky, Fault fault, String memory)
      throws Exception {
    if (fault != Fault.NONE && row.getLong(0) == unlucky && !Files.exists(Path.of(memory))) {
      Files.createFile(Path.of(memory));
      if (fault == Fault.EXECUTOR_DIES) {
        Runtime.getRuntime().halt(57);
      }
      throw new IllegalStateException("a task that fails once");
    }
    return row;
  }

  @Test
  void tasksAreRunAgain(@TempDir Path folder) {
    SparkSession spark = Sparks.start("local[2,3]");
    try {
      List<Row> expected = rerank(spark, 1, Fault.NONE, folder);
      for (int partitions : new int[] {1, 2, 8}) {
        assertEquals(expected, rerank(spark, partitions, Fault.EXCEPTION, folder));
      }
    } finally {
      spark.stop();
    }
  }

  @Test
  void executorsAreReplaced(@TempDir Path folder) throws Exception {
    String home = System.getenv("SPARK_HOME");
    assertTrue(home != null, "the build names a home for the executors in SPARK_HOME");
    Files.createDirectories(Path.of(home, "jars"));
    SparkSession spark = Sparks.start("local-cluster[2,1,1024]");
    try {
      assertEquals(
          rerank(spark, 1, Fault.NONE, folder), rerank(spark, 8, Fault.EXECUTOR_DIES, folder));
      trainingGoesOn(spark, folder);
    } finally {
      spark.stop();
    }
  }

  /** Of the evaluator's three steps one loses an executor, and so does a step of the generator. */
  private static void trainingGoesOn(SparkSession spark, Path folder) {
    Dataset<Row> log = ListRows.of(spark, Trained.LISTS.range(0, 200)).cache();
    EglrReranker reranker = DistributedTrainingTest.reranker();
    FailingJobs jobs =
        new FailingJobs(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            folder,
            job -> job == 1 || job == 5);
    byte[] file = reranker.trained(jobs, new CollectedLog(reranker, log.schema()), log);
    assertTrue(jobs.jobs() > 6);
    DistributedTrainingTest.assertSame(reranker.fit(log).eglr(), ModelBytes.load(file));
  }
}
