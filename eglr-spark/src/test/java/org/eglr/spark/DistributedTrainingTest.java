package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eglr.Eglr;
import org.eglr.ModelFileException;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executors that train give the driver's model, bit by bit. */
class DistributedTrainingTest {

  private static final ListSet LISTS = Trained.LISTS.range(0, 200);
  private static SparkSession spark;
  private static Dataset<Row> log;
  private static Eglr alone;

  @BeforeAll
  static void start() {
    spark = Sparks.start("local[2,3]");
    spark.conf().set("spark.sql.adaptive.coalescePartitions.enabled", "false");
    log = ListRows.of(spark, LISTS).cache();
    alone = fit(reranker(), log);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  static EglrReranker reranker(String... more) {
    boolean given = Stream.of(more).anyMatch(setting -> setting.startsWith("steps="));
    String[] small = {
      given ? more[0] : "steps=4",
      "width=16",
      "heads=2",
      "evaluatorLayers=1",
      "maxSteps=2",
      "gate=entropy:1.2",
      "evaluator.epochs=1",
      "evaluator.batchSize=64",
      "grpo.batchSize=48",
      "grpo.groupSize=4",
      "validateEvery=2"
    };
    return new EglrReranker()
        .setUserCol("user")
        .setTimeCol("time")
        .setUtilityCol("utility")
        .setSeed(9)
        .setSettings(
            Stream.concat(Stream.of(small), Stream.of(more).skip(given ? 1 : 0))
                .toArray(String[]::new));
  }

  private static Eglr fit(EglrReranker reranker, Dataset<Row> lists) {
    return reranker.fit(lists).eglr();
  }

  static void assertSame(Eglr expected, Eglr found) {
    assertEquals(expected.schema(), found.schema());
    assertEquals(expected.weights().keySet(), found.weights().keySet());
    expected
        .weights()
        .forEach(
            (name, weight) ->
                assertArrayEquals(weight.values(), found.weights().get(name).values(), name));
    for (int log = 0; log < 2; log++) { // losses, rewards, entropies, norms and validations
      var one = log == 0 ? expected.evaluatorLog() : expected.generatorLog();
      var two = log == 0 ? found.evaluatorLog() : found.generatorLog();
      assertEquals(
          one.orElseThrow().steps().stream().map(s -> s.values()).toList(),
          two.orElseThrow().steps().stream().map(s -> s.values()).toList());
      assertEquals(one.orElseThrow().validations(), two.orElseThrow().validations());
    }
  }

  @Test
  void partitionsChangeNoWeight() {
    for (int partitions : new int[] {1, 8}) { // two as a rule
      spark.conf().set("spark.sql.shuffle.partitions", partitions);
      Dataset<Row> cut = log.repartition(partitions, functions.rand(partitions));
      assertSame(alone, fit(reranker().setDistributed(true), cut));
    }
    spark.conf().set("spark.sql.shuffle.partitions", 2);
  }

  /** A fit of two steps, gone on with to four, is one of four; the driver's own, too. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFitGoesOnWhereItsCheckpointsEnd(boolean everywhere, @TempDir Path folder) {
    Path kept = folder.resolve("fits/one");
    EglrReranker first = kept(reranker("steps=2"), kept, everywhere);
    assertEquals(2, fit(first, log).generatorLog().orElseThrow().steps().size());
    assertTrue(Files.exists(kept.resolve("evaluator.checkpoint")));
    assertTrue(Files.exists(kept.resolve("generator.checkpoint")));
    Dataset<Row> other = everywhere ? log.repartition(3, functions.rand(5)) : log;
    EglrReranker second = kept(reranker(), kept, everywhere);
    assertSame(alone, fit(second, other));
    assertSame(alone, fit(second, log)); // finished stays finished
  }

  private static EglrReranker kept(EglrReranker reranker, Path folder, boolean everywhere) {
    return reranker
        .setDistributed(everywhere)
        .setCheckpointFolder(folder.toString())
        .setCheckpointSteps(1);
  }

  @Test
  void anotherFitsCheckpointsAreRefusedByWhatDiffers(@TempDir Path folder) {
    Dataset<Row> other = log.withColumn("clicks", functions.reverse(functions.col("clicks")));
    fit(kept(reranker("steps=1"), folder, true), log);
    assertRefused("seed", kept(reranker("steps=1"), folder, true).setSeed(10), log);
    assertRefused("learningRate", kept(reranker("evaluator.learningRate=0.1"), folder, true), log);
    assertRefused("training lists", kept(reranker(), folder, true), other);
    assertRefused("training lists", kept(reranker(), folder, false), log);
  }

  private static void assertRefused(String what, EglrReranker reranker, Dataset<Row> lists) {
    String said = assertThrows(ModelFileException.class, () -> fit(reranker, lists)).getMessage();
    assertTrue(said.contains(what), said);
  }

  /** Options that change what parts of batches are made of, and gaps in the data. */
  @Test
  void allOptionsTravel() {
    String dense = LISTS.schema().itemValues().get(0).field();
    Dataset<Row> gaps =
        Trained.withGaps(
            log, place -> place.equalTo(2).and(functions.col("list").mod(3).equalTo(0)));
    EglrReranker all =
        reranker(
                "trainFeatures=true",
                "members=2",
                "dropout=0.1",
                "evaluator.weightDecay=0.01",
                "updatesPerRollout=2",
                "klToReference=0.02",
                "entropyBonus=0.01",
                "reward=pessimistic(0.5)")
            .setValidationShare(0.2);
    Eglr one = fit(all, gaps);
    assertTrue(
        one.schema().itemValues().stream().anyMatch(s -> s.field().equals(dense + "_missing")));
    assertSame(one, fit(all.setDistributed(true), gaps));
  }

  @Test
  void withoutUserUtilityTimeAndValidation() {
    EglrReranker bare =
        new EglrReranker()
            .setValidationShare(0)
            .setSettings("width=8", "heads=2", "evaluator.epochs=1", "steps=2");
    Eglr one = fit(bare, log);
    assertSame(one, fit(bare.setDistributed(true), log));
  }

  @Test
  void tasksThatFailChangeNoWeight(@TempDir Path folder) throws Exception {
    EglrReranker reranker = reranker();
    FailingJobs jobs =
        new FailingJobs(
            JavaSparkContext.fromSparkContext(spark.sparkContext()), folder, job -> false);
    byte[] file = reranker.trained(jobs, new CollectedLog(reranker, log.schema()), log);
    assertSame(alone, ModelBytes.load(file));
    try (Stream<Path> failed = Files.list(folder)) {
      assertEquals(jobs.jobs(), failed.count());
    }
    assertTrue(jobs.jobs() >= 3 + 2 * 4, jobs.jobs() + " jobs of both stages");
  }

  @Test
  void refusesWhatTheDriverRefuses() {
    assertRefused(
        reranker().setMaxCandidates(100),
        log,
        "the log has 200 candidates in 20 validation lists; the driver is to hold at most 100: lower setValidationShare, or raise it by setMaxCandidates");
    assertRefused(
        reranker("reward=click-dcg - 0.1 off-support"),
        log,
        "reward 'off-support' looks at the whole log, which no machine has here: leave it out, or train on the driver by setDistributed(false)");
    assertRefused(reranker(), log.limit(0), "log: no lists");
    String dense = LISTS.schema().itemValues().get(0).field();
    Dataset<Row> poisoned =
        log.withColumn(
            "candidates",
            functions.transform(
                functions.col("candidates"),
                c ->
                    functions
                        .when(
                            functions.col("list").equalTo(Trained.LISTS.logIndex(150)),
                            c.withField(dense, functions.lit(Double.NaN)))
                        .otherwise(c)));
    String expected =
        assertThrows(DataException.class, () -> reranker().fit(poisoned)).getMessage();
    assertTrue(expected.contains("field '" + dense + "' is NaN"), expected);
    assertRefused(reranker(), poisoned, expected);
  }

  private static void assertRefused(EglrReranker reranker, Dataset<Row> lists, String expected) {
    String message =
        assertThrows(DataException.class, () -> reranker.setDistributed(true).fit(lists))
            .getMessage();
    assertEquals(expected, message);
  }

  @Test
  void whatIsPackedComesBack() {
    double[][] rows = {{1.5, -0.0}, {}, {Double.NaN}};
    float[] many = new float[5000];
    IntStream.range(0, many.length).forEach(i -> many[i] = 0.1f * i);
    Packer into = new Packer().add(7).add(1L << 40).add(rows).add(many).add((int[]) null);
    into.add("width \u00e9").add(new boolean[] {true, false}).addAsFloats(new double[] {0.1});
    Unpacker from = new Unpacker(into.bytes());
    assertEquals(7, from.integer());
    assertEquals(1L << 40, from.longInteger());
    assertArrayEquals(rows, from.rows());
    assertArrayEquals(many, from.floats());
    assertEquals(null, from.integers());
    assertEquals("width \u00e9", from.text());
    assertArrayEquals(new boolean[] {true, false}, from.flags());
    assertArrayEquals(new double[] {0.1f}, from.floatsAsDoubles());
  }
}
