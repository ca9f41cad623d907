package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.eglr.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told of Spark's jobs while work runs. */
class JobProgressTest {

  private static SparkSession spark;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<Double> shares = new CopyOnWriteArrayList<>();
  private final Progress progress =
      (share, secondsLeft, what) -> {
        said.add(what);
        shares.add(share);
      };

  @BeforeAll
  static void start() {
    spark = Sparks.start("local[2]");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Long> numbers() {
    return spark.range(0, 100, 1, 7).as(Encoders.LONG());
  }

  @Test
  void tasksAreCountedToTheLast() {
    List<Long> all =
        JobProgress.during(
            spark,
            progress,
            () ->
                numbers()
                    .map((MapFunction<Long, Long>) n -> n + 1, Encoders.LONG())
                    .collectAsList());
    assertEquals(100, all.size());
    assertEquals("job 1: 0 of 7 tasks", said.get(0));
    assertTrue(said.contains("job 1: 4 of 7 tasks"), said::toString);
    String last = said.get(said.size() - 1);
    assertTrue(last.matches("job 1: 7 of 7 tasks, \\d+\\.\\d s"), last);
    assertEquals(1, shares.get(shares.size() - 1));
    assertEquals(1, shares.stream().filter(share -> share >= 1).count());
    assertEquals(shares.stream().sorted().toList(), shares);
  }

  @Test
  void jobsThatFollowAreCountedWithThem() {
    JobProgress.during(
        spark, progress, () -> numbers().repartition(3).collectAsList().size() + numbers().count());
    String last = said.get(said.size() - 1);
    assertTrue(last.matches("job [2-9]: (\\d+) of \\1 tasks, .*"), last);
  }

  @Test
  void workThatFailsIsHeardOfNoMore() {
    assertThrows(
        SparkException.class,
        () ->
            JobProgress.during(
                spark,
                progress,
                () ->
                    numbers()
                        .map(
                            (MapFunction<Long, Long>)
                                n -> {
                                  throw new IllegalStateException("poisoned");
                                },
                            Encoders.LONG())
                        .collectAsList()));
    assertFalse(shares.contains(1.0));
    assertNull(spark.sparkContext().getLocalProperty(TaskCounts.WORK));
  }

  @Test
  void workOfOthersIsNotTold() {
    JobProgress.during(
        spark,
        progress,
        () -> {
          spark.sparkContext().setLocalProperty(TaskCounts.WORK, "another's");
          return numbers().count();
        });
    assertEquals(1, said.size());
    assertTrue(said.get(0).startsWith("job 0: 0 of 0 tasks"), said::toString);
  }
}
