package org.eglr.spark;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.DataException;
import org.eglr.data.ListLog;
import org.eglr.data.sim.Simulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Impressions of one's own, cut into lists. */
class SparkLogTest {

  private static final StructType IMPRESSIONS =
      new StructType()
          .add("user", "string")
          .add("second", "bigint")
          .add("item", "string")
          .add("click", "int")
          .add("worth", "double");

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = Sparks.start("local[2]");
    spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN"); // many columns, few rows
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** "user second item click", one a line; "-" is missing. */
  private static Dataset<Row> log(String... lines) {
    List<Row> rows = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.split(" ");
      rows.add(
          RowFactory.create(
              cells[0].equals("-") ? null : cells[0],
              cells[1].equals("-") ? null : Long.valueOf(cells[1]),
              cells[2].equals("-") ? null : cells[2],
              cells[3].equals("-") ? null : Integer.valueOf(cells[3]),
              cells.length > 4 ? Double.valueOf(cells[4]) : null));
    }
    return spark.createDataFrame(rows, IMPRESSIONS);
  }

  private static SparkLog cut(Dataset<Row> log) {
    return SparkLog.of(log).user("user").item("item").time("second").clicked("click");
  }

  /** Each list as its id, its items, those clicked with a star. */
  private static List<String> told(SparkLog log) {
    return log.lists().collectAsList().stream()
        .map(
            row -> {
              List<Row> candidates = row.getList(row.fieldIndex("candidates"));
              List<Boolean> clicks = row.getList(row.fieldIndex("clicks"));
              StringBuilder text = new StringBuilder(row.get(0) + ":");
              for (int i = 0; i < candidates.size(); i++) {
                text.append(' ').append(candidates.get(i).getString(0));
                text.append(i < clicks.size() ? clicks.get(i) ? "*" : "" : "?");
              }
              return text.toString();
            })
        .sorted()
        .toList();
  }

  private static List<String> errors(SparkLog log) {
    return log.errors().collectAsList().stream()
        .map(row -> row.get(0) + " " + row.get(1) + ": " + row.getString(3))
        .sorted()
        .toList();
  }

  @Test
  void sessionsEndWithAPause() {
    Dataset<Row> log =
        log("a 10 x 0", "a 40 y 1", "a 70 x 1", "a 101 z 0", "a 131 w 0", "b 5 x 0", "a 400 x 1");
    assertEquals(
        List.of("a/0: x* y*", "a/1: z w"), told(cut(log).sessions(Duration.ofSeconds(30))));
    assertEquals(
        List.of("a/0: x* y* z"),
        told(cut(log).sessions(Duration.ofMinutes(1)).longest(3).minOccurrences(1)));
    Row list = cut(log).sessions(Duration.ofSeconds(30)).lists().orderBy("list").first();
    assertEquals(2.0, list.<Double>getAs("utility"));
    assertEquals(10L, list.<Long>getAs("time"));
    assertEquals("a", ((Row) list.getAs("user")).getAs("user"));
  }

  @Test
  void equalTimesStandInTheOrderOfItemsOrAsIsSaid() {
    Dataset<Row> log = log("a 1 z 0 1", "a 1 x 1 2", "a 1 y 0 3");
    SparkLog byItem = cut(log).sessions(Duration.ofSeconds(9));
    assertEquals(List.of("a/0: x* y z"), told(byItem));
    assertEquals(
        List.of("a/0: z x* y"), told(cut(log).order("worth").sessions(Duration.ofSeconds(9))));
  }

  @Test
  void rowsThatCannotBeReadAreToldAndTheOthersGoOn() {
    Dataset<Row> log =
        log(
            "a 1 x 0",
            "a 2 - 0",
            "a 3 y 2",
            "a - y 0",
            "a 4 z 1 -1",
            "a 5 y 1",
            "- 1 x 0",
            "- 2 x 0");
    SparkLog cut = cut(log).utility("worth").sessions(Duration.ofSeconds(60));
    assertEquals(List.of("a/0: x y*"), told(cut));
    assertEquals(
        List.of(
            "null a: an impression without a time",
            "null a: an impression without an item",
            "null a: the click on item 'y' is none: 2",
            "null a: the utility of item 'z' is below 0 or infinite",
            "null null: 2 impressions without a user"),
        errors(cut));
  }

  /** The simulator's lists taken apart into rows, and put together again. */
  @Test
  void listsThatRowsNameAreThoseOfOneMachine() {
    int seed = 0;
    for (int partitions : new int[] {1, 2, 8}) {
      seed++;
      spark.conf().set("spark.sql.shuffle.partitions", partitions);
      ListLog one = Simulator.adLike().lists(120).pool(12).listLength(5).seed(seed).log();
      int[] all = IntStream.range(0, one.size()).toArray();
      Dataset<Row> whole = ListRows.of(spark, one.split(all, new int[0], new int[0]).train());
      Dataset<Row> rows =
          whole
              .select(
                  col("list"),
                  col("user"),
                  col("clicks"),
                  col("time"),
                  functions.posexplode(col("candidates")).as(new String[] {"place", "c"}))
              .withColumn("click", functions.get(col("clicks"), col("place")))
              .withColumn(
                  "shown",
                  functions.when(col("place").lt(functions.size(col("clicks"))), col("place")))
              .select("list", "time", "place", "shown", "click", "c.*", "user.*");
      String[] users = ((StructType) whole.schema().apply("user").dataType()).fieldNames();
      SparkLog log =
          SparkLog.of(rows.repartition(partitions, functions.rand(seed)))
              .list("list")
              .item("adgroup")
              .label("label")
              .clicked("click")
              .position("shown")
              .order("place")
              .time("time")
              .userFields(users)
              .itemFields("cate", "brand", "price", "rating");
      Column[] columns =
          Stream.of("list", "user", "candidates", "clicks", "utility", "time")
              .map(functions::col)
              .toArray(Column[]::new);
      assertEquals(
          whole.select(columns).orderBy("list").collectAsList(),
          log.lists().select(columns).orderBy("list").collectAsList());
      assertTrue(errors(log).isEmpty());
    }
  }

  @Test
  void listsThatAreNoneAreTold() {
    Dataset<Row> log =
        log(
            "a 1 x 0", "a 2 y 1", "a 3 x 0", // twice
            "b 1 x 0", // too short
            "c 1 x 0", "c 1 y 0", // one place
            "d 1 x 0", "d - y 1", "d 3 z 0", // not shown
            "e 1 x 0", "e 2 y 1", "e - z 0", "- 1 x 0");
    SparkLog cut = SparkLog.of(log).list("user").item("item").clicked("click").position("second");
    assertEquals(List.of("e: x y* z?"), told(cut));
    assertEquals(
        List.of(
            "a null: item 'x' stands in the list twice; a list holds an item once",
            "b null: 1 items shown; nothing can be re-ranked there",
            "c null: two rows with the position 1.0; leave it empty where an item was not shown",
            "d null: a click on item 'y', which was not shown: it has no position",
            "null null: 1 impressions without a list"),
        errors(cut));
    SparkLog users =
        SparkLog.of(log("a 1 x 0", "a 2 y 1").withColumn("who", col("second")))
            .list("user")
            .user("who")
            .item("item")
            .clicked("click");
    assertEquals(
        "rows differ in the user or a field of the user; a list has one user",
        users.errors().first().getString(3));
  }

  /** Rows of one user, more than a task holds: nothing is collected. */
  @Test
  void aUserOfManyRowsIsReadOneByOne() {
    Dataset<Row> many =
        spark
            .range(0, 120_000, 1, 4)
            .select(
                functions.lit("robot").as("user"),
                col("id").as("second"),
                col("id").mod(97).cast("string").as("item"),
                functions.lit(1).as("click"));
    Dataset<Row> lists = cut(many).consecutive(10).lists();
    Row sums = lists.agg(functions.count("list"), functions.sum("utility")).first();
    assertEquals(12_000, sums.getLong(0));
    assertEquals(120_000.0, sums.getDouble(1));
    SparkLog window = cut(many.withColumn("item", col("second").cast("string")));
    assertEquals(
        List.of(
            "null robot: a window with more than 100,000 different items; is the column of users the right one?"),
        errors(window.windows(Duration.ofDays(300))));
  }

  @Test
  void listsGoThroughParquetToAModel() {
    Dataset<Row> log = log("a 10 x 0", "a 40 y 1", "a 70 z 1", "b 5 x 0", "b 6 y 1");
    Dataset<Row> lists = cut(log).sessions(Duration.ofMinutes(1)).lists();
    String file = folder.resolve("lists").toString();
    lists.write().parquet(file);
    Dataset<Row> read = spark.read().parquet(file);
    assertEquals(lists.orderBy("list").collectAsList(), read.orderBy("list").collectAsList());
    EglrRerankModel model =
        new EglrReranker()
            .setUserCol("user")
            .setTimeCol("time")
            .setValidationShare(0)
            .setSettings("width=8", "heads=1", "evaluator.epochs=1", "grpo.steps=1")
            .fit(read);
    Dataset<Row> ranked = model.transform(read);
    assertEquals(0, ranked.filter(col("error").isNotNull()).count());
    assertEquals(2, new EglrRankingEvaluator().setUserCol("userId").report(ranked).lists());
  }

  @Test
  void whatCannotBeIsRefusedBeforeAJob() {
    Dataset<Row> log = log("a 1 x 0");
    refused("there is no column 'usr'", c -> c.user("usr"));
    refused("say how lists are cut", c -> {});
    refused("two are named", c -> c.consecutive(3).windows(Duration.ofSeconds(3)));
    refused("are of windows; leave them out", c -> c.consecutive(3).listsPerUser(2));
    refused("longest(1): allowed is 2 to 1,000", c -> c.longest(1));
    refused("a cut by PT0S: the time must be above 0", c -> c.sessions(Duration.ZERO));
    refused("where the time column counts seconds", c -> c.sessions(Duration.ofMillis(3)));
    refused("time column 'item' is of type string", c -> c.time("item").consecutive(3));
    refused("clicked column 'item' is of type string", c -> c.clicked("item").consecutive(3));
    refused("as a field it would give the clicks away", c -> c.itemFields("click").consecutive(3));
    refused("it goes with list", c -> c.position("second").consecutive(3));
    refused("a weight is finite", c -> c.utility("worth", -1));
    DataException noTime =
        assertThrows(
            DataException.class,
            () ->
                SparkLog.of(log).user("user").item("item").clicked("click").consecutive(2).lists());
    assertFalse(noTime.getMessage().contains("\n"));
    assertEquals("the time has no column; name it by time", noTime.getMessage());
  }

  private static void refused(String part, Consumer<SparkLog> setting) {
    SparkLog log = cut(log("a 1 x 0"));
    DataException refused =
        assertThrows(
            DataException.class,
            () -> {
              setting.accept(log);
              log.lists();
            });
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
  }

  @Test
  void timestampsCountInMicroseconds() {
    Dataset<Row> log =
        log("a 10 x 0", "a 40 y 1", "a 71 z 1")
            .withColumn("second", functions.timestamp_seconds(col("second")));
    assertEquals(List.of("a/0: x y*"), told(cut(log).sessions(Duration.ofSeconds(30))));
    assertEquals(
        DataTypes.LongType, cut(log).consecutive(2).lists().schema().apply("time").dataType());
  }
}
