package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eglr.Eglr;
import org.eglr.ModelFileException;
import org.eglr.Ranking;
import org.eglr.data.DataException;
import org.eglr.decode.Decision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The transformer against the one-machine path. */
class RerankModelTest {

  private static SparkSession spark;
  private static Dataset<Row> lists;

  @BeforeAll
  static void start() {
    spark = Sparks.start("local[2]");
    lists = ListRows.of(spark, Trained.LISTS).repartition(3);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<Row> sorted(Dataset<Row> ranked) {
    return ranked.orderBy("list").collectAsList();
  }

  @Test
  void codeThatIsNotCompiledIsSeen() {
    assertTrue(GeneratedCode.mayBeInterpreted(spark), "Spark's default");
    spark.conf().set(GeneratedCode.SETTING, GeneratedCode.COMPILED);
    try {
      assertFalse(GeneratedCode.mayBeInterpreted(spark));
    } finally {
      spark.conf().unset(GeneratedCode.SETTING);
    }
  }

  @Test
  void listsAreThoseOfOneMachine() {
    Dataset<Row> ranked =
        Trained.model()
            .setScoreCol("score")
            .setEntropyCol("entropy")
            .setReasoningStepsCol("steps")
            .setTraceCol("trace")
            .transform(lists);
    List<Row> rows = sorted(ranked);
    assertEquals(Trained.EXPECTED.size(), rows.size());
    int reasoned = 0;
    for (Row row : rows) {
      assertNull(row.getAs("error"));
      Ranking expected = Trained.EXPECTED.get(indexOf(row));
      List<Row> list = row.getList(row.fieldIndex("ranking"));
      assertArrayEquals(expected.order(), list.stream().mapToInt(r -> r.getInt(0)).toArray());
      assertEquals(expected.labels(), list.stream().map(r -> r.getString(1)).toList());
      assertArrayEquals(
          expected.clickProbabilities(), list.stream().mapToDouble(r -> r.getDouble(2)).toArray());
      assertEquals(expected.score(), row.<Double>getAs("score"));
      List<Decision> decisions = expected.trace().decisions();
      assertEquals(
          decisions.stream().map(Decision::entropyBefore).toList(),
          row.getList(row.fieldIndex("entropy")));
      assertEquals(
          decisions.stream().map(Decision::reasoningSteps).toList(),
          row.getList(row.fieldIndex("steps")));
      assertTrace(decisions, row.getList(row.fieldIndex("trace")));
      reasoned += expected.trace().reasoningSteps();
    }
    assertTrue(reasoned > 0, "the lists of this test reason");
  }

  private static int indexOf(Row row) {
    int log = (int) row.<Long>getAs("list").longValue();
    for (int list = 0; list < Trained.LISTS.size(); list++) {
      if (Trained.LISTS.logIndex(list) == log) {
        return list;
      }
    }
    throw new AssertionError("list " + log);
  }

  private static void assertTrace(List<Decision> expected, List<Row> trace) {
    assertEquals(expected.size(), trace.size());
    for (int k = 0; k < trace.size(); k++) {
      Decision decision = expected.get(k);
      Row row = trace.get(k);
      assertEquals(decision.position(), row.getInt(0));
      assertEquals(decision.chosen(), row.getInt(1));
      assertEquals(decision.remaining(), row.getInt(2));
      assertEquals(Arrays.stream(decision.entropy()).boxed().toList(), row.getList(3));
      assertEquals(decision.attention().length, row.getList(4).size());
      for (int t = 0; t < decision.attention().length; t++) {
        assertEquals(
            floats(decision.attention()[t]),
            List.copyOf(CollectionConverters.asJava(row.<Seq<Float>>getList(4).get(t))));
      }
      assertEquals(floats(decision.probability()), row.getList(5));
    }
  }

  private static List<Float> floats(float[] values) {
    Float[] all = new Float[values.length];
    Arrays.setAll(all, i -> values[i]);
    return List.of(all);
  }

  @Test
  void partitionsAndBatchesChangeNothing() {
    List<Row> expected = sorted(Trained.model().transform(lists.repartition(1)));
    for (int partitions : new int[] {2, 8}) {
      EglrRerankModel model = Trained.model().setBatchSize(partitions == 2 ? 1 : 500);
      assertEquals(expected, sorted(model.transform(lists.repartition(partitions))));
    }
  }

  @Test
  void aPreselectionSpeaksOfTheWholePool() {
    Eglr narrow = Trained.EGLR.withPreselection(5);
    EglrRerankModel model =
        EglrRerankModel.of(narrow).setUserCol("user").setLength(4).setTraceCol("trace");
    Row row = sorted(model.transform(lists)).get(0);
    Ranking expected = narrow.rerank(Trained.LISTS.request(indexOf(row)).withLength(4));
    List<Row> list = row.getList(row.fieldIndex("ranking"));
    List<Row> pool = row.getList(row.fieldIndex("candidates"));
    assertEquals(expected.labels(), list.stream().map(r -> r.getString(1)).toList());
    for (Row item : list) {
      assertEquals(pool.get(item.getInt(0)).getString(0), item.getString(1));
    }
    List<Row> trace = row.getList(row.fieldIndex("trace"));
    assertEquals(list.get(2).getInt(0), trace.get(2).getInt(1));
    assertEquals(pool.size(), trace.get(0).getList(5).size());
  }

  @Test
  void savesAndLoadsInAPipeline(@TempDir Path folder) {
    EglrRerankModel model = Trained.model().setLength(7).setEntropyCol("h");
    PipelineModel fitted = new Pipeline().setStages(new PipelineStage[] {model}).fit(lists);
    assertSaved(fitted, folder);
    PipelineModel loaded = PipelineModel.load(folder.resolve("pipeline").toString());
    EglrRerankModel again = (EglrRerankModel) loaded.stages()[0];
    assertEquals(model.explainParams(), again.explainParams());
    assertEquals(model.uid(), again.uid());
    assertEquals(sorted(fitted.transform(lists)), sorted(loaded.transform(lists)));
    assertEquals(fitted.transformSchema(lists.schema()), loaded.transform(lists).schema());
  }

  private static void assertSaved(PipelineModel fitted, Path folder) {
    try {
      fitted.write().overwrite().save(folder.resolve("pipeline").toString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aDamagedModelNamesItsFile(@TempDir Path folder) throws Exception {
    String path = folder.resolve("model").toString();
    Trained.model().save(path);
    Path file = Path.of(path, "model.eglr");
    byte[] bytes = Files.readAllBytes(file);
    Files.deleteIfExists(Path.of(path, ".model.eglr.crc"));
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    Exception e = assertThrows(ModelFileException.class, () -> EglrRerankModel.load(path));
    assertTrue(e.getMessage().contains(path + "/model.eglr"), e.getMessage());
  }

  @Test
  void explainsItsParameters() {
    String all = Trained.model().explainParams();
    for (String line :
        List.of(
            "candidatesCol: column of the candidates of a list: array of structs of item fields (default: candidates)",
            "userCol: column of the user: struct of user fields; not set: no user fields (current: user)",
            "length: items of a list; at least 1 (default: 10)",
            "outputCol: column of the list: array of structs index, label, clickProbability (default: ranking)",
            "traceCol: column of the trace, how each item was chosen; not set: not added (undefined)",
            "batchSize: lists that a task computes together; 1 to 100000 (default: 64)")) {
      assertTrue(all.contains(line), line + "\nis not in\n" + all);
    }
    assertEquals(12, all.lines().count());
    assertThrows(IllegalArgumentException.class, () -> Trained.model().setLength(0));
  }

  @Test
  void refusesAnUntrainedModel() {
    Eglr untrained = Eglr.builder(Trained.DATA.schema()).width(16).heads(2).build();
    Exception e = assertThrows(IllegalStateException.class, () -> EglrRerankModel.of(untrained));
    assertEquals("the model is not trained; call its train first", e.getMessage());
  }

  @Test
  void refusesColumnsBeforeAJobStarts() {
    assertRefused(
        Trained.model().setCandidatesCol("pool"),
        "there is no column 'pool'; there are list, user, candidates, clicks, utility, time. Name another by setCandidatesCol");
    assertRefused(
        Trained.model().setCandidatesCol("clicks"),
        "candidates column 'clicks' is of type array<boolean>; it needs an array of structs, or setGroupCol where each row is one candidate");
    assertRefused(
        Trained.model().setUserCol("time"),
        "user column 'time' is of type bigint; it needs a struct of the user's fields");
    assertRefused(
        Trained.model().setOutputCol("time"),
        "there is a column 'time' already; name another as outputCol, or drop it");
    String message =
        assertThrows(
                DataException.class,
                () -> EglrRerankModel.of(Trained.EGLR).transformSchema(lists.schema()))
            .getMessage();
    assertTrue(message.startsWith("the model has the user fields "), message);
  }

  private static void assertRefused(EglrRerankModel model, String expected) {
    Exception e = assertThrows(DataException.class, () -> model.transformSchema(lists.schema()));
    assertEquals(expected, e.getMessage());
    assertThrows(DataException.class, () -> model.transform(lists));
  }

  @Test
  void refusesFieldsOfAnotherKind() {
    String dense = Trained.DATA.schema().itemValues().get(0).field();
    String category = Trained.DATA.schema().itemCategories().get(0).field();
    String column = "candidates column 'candidates': ";
    assertCandidateRefused(
        candidate -> candidate.withField(dense, functions.lit("cheap")),
        column
            + "'%s' is of type string; a dense field is a number or a boolean: cast it to double"
                .formatted(dense));
    assertCandidateRefused(
        candidate -> candidate.withField(category, functions.current_date()),
        column
            + "'%s' is of type date; a category is a string, a whole number or a boolean: cast it to string"
                .formatted(category));
    assertCandidateRefused(
        candidate -> candidate.dropFields(CollectionConverters.asScala(List.of(dense)).toSeq()),
        column + "there is no '%s', a field of the model; there are ".formatted(dense));
  }

  private static void assertCandidateRefused(
      java.util.function.UnaryOperator<org.apache.spark.sql.Column> change, String expected) {
    Dataset<Row> changed =
        lists.withColumn(
            "candidates", functions.transform(functions.col("candidates"), change::apply));
    String message =
        assertThrows(DataException.class, () -> Trained.model().transform(changed)).getMessage();
    assertTrue(message.startsWith(expected), message);
  }
}
