package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.eglr.data.DataException;
import org.eglr.data.sim.Simulator;
import org.eglr.experiment.Experiment;
import org.eglr.experiment.ExperimentResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid over executors: the numbers of one machine. */
class SparkExperimentTest {

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = Sparks.start("local[2]");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  static Experiment grid() {
    return Experiment.of(
            Simulator.adLike()
                .lists(160)
                .users(30)
                .listLength(4)
                .pool(6)
                .seed(2)
                .log()
                .split(0.6, 0.2, 0.2))
        .fix("width", 8)
        .fix("heads", 2)
        .fix("evaluatorLayers", 1)
        .fix("evaluator.epochs", 1)
        .fix("steps", 2)
        .fix("groupSize", 3)
        .vary("maxSteps", 0, 2)
        .seeds(1, 2, 3)
        .sortedAlone();
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void givesTheTableOfOneMachine() throws IOException {
    ExperimentResult one = grid().run();
    for (int tasks : new int[] {2, 5}) {
      Path own = folder.resolve("of " + tasks);
      same(one, SparkExperiment.run(spark, SparkExperimentTest::grid, own, tasks));
    }
  }

  private static void same(ExperimentResult one, ExperimentResult other) {
    assertEquals(9, other.finished());
    assertEquals(one.metrics(), other.metrics());
    for (int row = 0; row < one.rows().size(); row++) {
      assertEquals(one.rows().get(row).settings(), other.rows().get(row).settings());
      assertEquals(one.rows().get(row).seeds(), other.rows().get(row).seeds());
      assertEquals(one.rows().get(row).reasoningSteps(), other.rows().get(row).reasoningSteps());
      for (String metric : one.metrics()) {
        assertEquals(one.mean(row, metric), other.mean(row, metric));
        assertEquals(one.difference(row, metric), other.difference(row, metric));
        assertArrayEquals(
            one.rows().get(row).bySeed().get(metric), other.rows().get(row).bySeed().get(metric));
      }
    }
  }

  @Test
  void whatIsInTheFolderIsNotDoneAgain() throws IOException {
    assertEquals(3, grid().folder(folder).runPart(1, 3));
    List<Path> before;
    try (Stream<Path> files = Files.list(folder)) {
      before = files.toList();
    }
    assertEquals(4, before.size()); // three runs and what experiment it is
    String first = Files.readString(before.get(0));
    SparkExperiment.run(spark, SparkExperimentTest::grid, folder, 1);
    assertEquals(10, files());
    assertEquals(first, Files.readString(before.get(0)));
  }

  @Test
  void aFolderOfAnotherExperimentIsRefused() {
    grid().fix("steps", 1).folder(folder).runPart(0, 3);
    Exception refused =
        assertThrows(
            Exception.class,
            () -> SparkExperiment.run(spark, SparkExperimentTest::grid, folder, 1));
    assertTrue(
        refused.getMessage().contains("has runs of another experiment: fixed settings is"),
        refused.getMessage());
    assertThrows(
        DataException.class,
        () -> SparkExperiment.run(spark, SparkExperimentTest::grid, folder, 0));
  }

  @Test
  void partsNeedAFolder() {
    IllegalArgumentException none =
        assertThrows(IllegalArgumentException.class, () -> grid().runPart(0, 1));
    assertTrue(none.getMessage().contains("folder"), none.getMessage());
    assertThrows(IllegalArgumentException.class, () -> grid().folder(folder).runPart(2, 2));
  }
}
