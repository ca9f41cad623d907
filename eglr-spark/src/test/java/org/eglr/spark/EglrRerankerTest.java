package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eglr.Eglr;
import org.eglr.data.DataException;
import org.eglr.data.Field;
import org.eglr.data.FieldKind;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.reasoning.Gate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator: what it collects, and that it trains what one machine trains. */
class EglrRerankerTest {

  private static final ListSet LISTS = Trained.LISTS.range(0, 300);
  private static SparkSession spark;
  private static Dataset<Row> log;

  @BeforeAll
  static void start() {
    spark = Sparks.start("local[2]");
    log = ListRows.of(spark, LISTS);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static EglrReranker reranker() {
    return new EglrReranker()
        .setUserCol("user")
        .setTimeCol("time")
        .setUtilityCol("utility")
        .setSeed(9)
        .setSettings(
            "width=16",
            "heads=2",
            "evaluatorLayers=1",
            "maxSteps=2",
            "gate=entropy:1.2",
            "evaluator.epochs=2",
            "grpo.groupSize=4",
            "steps=6");
  }

  private static ListLog collected(EglrReranker reranker, Dataset<Row> lists) {
    return new CollectedLog(reranker, lists.schema()).collect(lists, 1_000_000);
  }

  @Test
  void theCollectedLogIsTheLogListByList() {
    ListLog expected = LISTS.log();
    ListLog found = collected(reranker(), log.repartition(7, functions.rand(1)));
    assertEquals(LISTS.size(), found.size());
    for (int list = 0; list < found.size(); list++) {
      int of = LISTS.logIndex(list);
      assertEquals(expected.time(of), found.time(list));
      assertEquals(expected.utility(of), found.utility(list));
      assertEquals(expected.length(of), found.length(list));
      assertEquals(expected.pool(of), found.pool(list));
      assertSameUser(expected, of, found, list);
      for (int i = 0; i < found.pool(list); i++) {
        assertEquals(expected.clicked(of, i), found.clicked(list, i));
        int item = expected.candidate(of, i);
        assertEquals(expected.items().label(item), found.items().label(found.candidate(list, i)));
        assertSameItem(expected, item, found, found.candidate(list, i));
      }
    }
  }

  @Test
  void listsThatDifferByUtilityAloneHaveAnOrder() {
    Dataset<Row> same = log.limit(1).crossJoin(spark.range(40).toDF("copy"));
    Dataset<Row> worth = same.withColumn("utility", functions.col("copy").cast("double"));
    ListLog found = collected(reranker(), worth.repartition(5, functions.rand(3)));
    for (int list = 0; list < 40; list++) {
      assertEquals(list, found.utility(list));
    }
  }

  private static void assertSameUser(ListLog expected, int of, ListLog found, int list) {
    for (Field field : expected.users().fields()) {
      assertEquals(
          value(expected.users(), field, expected.user(of)),
          value(found.users(), field, found.user(list)));
    }
  }

  private static void assertSameItem(ListLog expected, int item, ListLog found, int its) {
    for (Field field : expected.items().fields()) {
      assertEquals(value(expected.items(), field, item), value(found.items(), field, its));
    }
  }

  private static Object value(org.eglr.data.Entities entities, Field field, int row) {
    return field.kind() == FieldKind.CATEGORICAL
        ? entities.categories(field)[row]
        : (Object) entities.values(field)[row];
  }

  @Test
  void partitionsChangeNoWeight() {
    EglrRerankModel one = reranker().fit(log.repartition(1));
    EglrRerankModel many = reranker().fit(log.repartition(8, functions.rand(2)));
    Splits data = collected(reranker(), log).split(0.9, 0.1, 0);
    Eglr alone =
        Eglr.builder(data.schema())
            .width(16)
            .heads(2)
            .evaluatorLayers(1)
            .reasoning(r -> r.maxSteps(2).gate(Gate.entropy(1.2)))
            .seed(9)
            .build();
    alone.trainEvaluator(data, t -> t.epochs(2));
    alone.trainGenerator(data, t -> t.groupSize(4).steps(6));
    assertSameWeights(alone, one.eglr());
    assertSameWeights(alone, many.eglr());
  }

  private static void assertSameWeights(Eglr expected, Eglr found) {
    assertEquals(expected.weights().keySet(), found.weights().keySet());
    expected
        .weights()
        .forEach(
            (name, weight) ->
                assertArrayEquals(weight.values(), found.weights().get(name).values(), name));
  }

  @Test
  void aFittedModelHasTheColumnsAndRanksTheLog(@TempDir Path folder) throws Exception {
    String path = folder.resolve("estimator").toString();
    EglrReranker saved = reranker().setLength(4).setScoreCol("score");
    saved.write().overwrite().save(path);
    EglrReranker loaded = EglrReranker.load(path);
    assertEquals(saved.explainParams(), loaded.explainParams());
    EglrRerankModel model = loaded.fit(log);
    assertEquals(saved.uid(), model.parent().uid());
    Dataset<Row> ranked = model.transform(log);
    assertEquals(saved.transformSchema(log.schema()), ranked.schema());
    Column whole =
        functions.size(functions.col("ranking")).equalTo(4).and(functions.col("score").gt(0));
    assertEquals(LISTS.size(), ranked.filter(whole.and(functions.col("error").isNull())).count());
  }

  @Test
  void whatIsMissingIsLearnedAsServed() {
    String dense = LISTS.schema().itemValues().get(0).field();
    Dataset<Row> gaps = Trained.withGaps(log, place -> place.equalTo(2));
    EglrRerankModel model = reranker().fit(gaps);
    assertTrue(
        model.eglr().schema().itemValues().stream()
            .anyMatch(scaling -> scaling.field().equals(dense + "_missing")));
    assertTrue(model.eglr().schema().itemCategories().get(0).values().contains("(missing)"));
    assertEquals(LISTS.size(), model.transform(gaps).filter("error is null").count());
  }

  @Test
  void refusesWhatIsNoLog() {
    assertRefused(
        reranker().setMaxCandidates(100),
        log,
        "the log has 3,000 candidates in 300 lists; the driver is to hold at most 100: sample the log, or raise it by setMaxCandidates");
    assertRefused(
        reranker().setClicksCol("time"),
        log,
        "clicks column 'time' is of type bigint; it needs an array of boolean, one a candidate shown");
    assertRefused(
        reranker().setTimeCol("user"),
        log,
        "time column 'user' is of type "
            + log.schema().apply("user").dataType().simpleString()
            + "; it needs a whole number, a timestamp or a date");
    assertRefused(
        reranker(),
        log.withColumn("clicks", functions.lit(null).cast("array<boolean>")),
        "list 1 of the log has null as clicks; leave such rows out");
    String dense = LISTS.schema().itemValues().get(0).field();
    assertRefused(
        reranker(),
        log.withColumn(
            "candidates",
            functions.transform(
                functions.col("candidates"), c -> c.withField(dense, functions.lit(Double.NaN)))),
        "list 1 of the log, candidate 0, field '"
            + dense
            + "' is NaN; it needs a finite number, or null where it is missing");
    assertRefused(
        reranker(),
        log.withColumn("user", functions.struct(functions.current_timestamp().as("now"))),
        "user: 'now' is of type timestamp; a field is a string, a number or a boolean: cast it, or drop it");
  }

  private static void assertRefused(EglrReranker reranker, Dataset<Row> lists, String expected) {
    String message = assertThrows(DataException.class, () -> reranker.fit(lists)).getMessage();
    assertEquals(expected, message);
  }

  @Test
  void refusesSettingsThatAreNone() {
    for (List<String> wrong :
        List.of(
            List.of("width", "setting 'width': write a name and a value, as width=64"),
            List.of("widht=64", "there is no setting 'widht'; the nearest is 'width'"),
            List.of("width=wide", "setting 'width' is wide; allowed: a whole number"))) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new EglrReranker().setSettings(wrong.get(0)))
              .getMessage();
      assertEquals(wrong.get(1), message);
    }
    assertEquals(
        "setting 'model.width' is given twice",
        assertThrows(
                IllegalArgumentException.class,
                () -> new EglrReranker().setSettings("width=64", "width=32"))
            .getMessage());
  }
}
