package org.eglr.spark;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.eglr.data.DataException;
import org.eglr.data.KuaiRandPart;

/**
 * Impressions to lists, as Spark jobs, at any size: each row says what a user was shown once.
 *
 * <pre>{@code
 * Dataset<Row> lists = SparkLog.of(impressions)
 *     .user("user").item("ad").time("time_stamp").clicked("clk").itemFields("brand", "price")
 *     .windows(Duration.ofMinutes(5)).longest(10).minOccurrences(20)
 *     .lists();
 * lists.write().parquet(path);
 * }</pre>
 *
 * <p>One of four cuts is chosen: {@link #list} (rows name their lists), {@link #windows}, {@link
 * #sessions} or {@link #consecutive}. The lists are those that one machine cuts ({@link
 * org.eglr.data.Datasets}), and do not depend on partitions. Impressions of the same time stand in
 * the order of {@link #order}; without it, in that of their items.
 *
 * <p>Rows are brought together by a shuffle, user by user or list by list, and sorted there, on
 * disk where memory is short. A task reads a user's rows one by one and holds one list or window: a
 * user of very many rows takes one task long, but no more memory. A list or window with more than
 * 100,000 items becomes an error.
 */
public final class SparkLog {

  private static final int MOST_LONGEST = 1_000;

  private final Dataset<Row> impressions;
  private final LogColumns columns;
  private CutKind kind;
  private Duration span;
  private ChronoUnit unit = ChronoUnit.SECONDS;
  private int longest; // 0: not set
  private int listsPerUser = 1;
  private int minImpressions = 3;
  private boolean unclicked;
  private boolean windowsOnly; // something is set that only windows have
  private long minOccurrences = 1;
  private double utilityUnit; // 0: not set

  private SparkLog(Dataset<Row> impressions) {
    this.impressions = impressions;
    columns = new LogColumns(impressions.schema());
  }

  /** A log: one row an impression, an item that was shown. */
  public static SparkLog of(Dataset<Row> impressions) {
    return new SparkLog(impressions);
  }

  /**
   * Tianchi Ad 56 as published, with the cut of {@link org.eglr.data.TianchiAd}: windows of 5
   * minutes, a user's latest with a click.
   *
   * @param folder holds {@code raw_sample.csv}, {@code ad_feature.csv} and {@code
   *     user_profile.csv}; any that Spark reads, as {@code hdfs://...}
   */
  public static SparkLog tianchiAd(SparkSession spark, String folder) {
    return PublishedLogs.tianchiAd(spark, folder);
  }

  /**
   * KuaiRand-1K or -Pure as published, with the cut of {@link org.eglr.data.KuaiRand}: ten
   * different videos a list, of those that are shown 50 times or more; the utility is the seconds
   * of play.
   *
   * @param folder holds the files; any that Spark reads
   * @param suffix of their names: "1k" or "pure"
   * @param logs that are read, at least one
   */
  public static SparkLog kuaiRand(
      SparkSession spark, String folder, String suffix, KuaiRandPart... logs) {
    return PublishedLogs.kuaiRand(spark, folder, suffix, logs);
  }

  /** The user. Rows without one belong to no list; {@link #errors} counts them. */
  public SparkLog user(String column) {
    columns.user = columns.known("user", column);
    return this;
  }

  /** The item, a string or a whole number. */
  public SparkLog item(String column) {
    columns.item = columns.known("item", column);
    return this;
  }

  /** Whether the item was clicked: a boolean, or 0 and 1. */
  public SparkLog clicked(String column) {
    columns.clicked = columns.known("clicked", column);
    columns.clickedAt = null;
    return this;
  }

  /** A number that counts as a click from a least value on. */
  public SparkLog clicked(String column, double least) {
    columns.clicked = columns.known("clicked", column);
    columns.clickedAt = least;
    return this;
  }

  /** When the item was shown: a timestamp, a date, or a whole number of seconds. */
  public SparkLog time(String column) {
    return time(column, ChronoUnit.SECONDS);
  }

  /**
   * When the item was shown. Lists keep the column's own units; timestamps become microseconds,
   * dates days.
   *
   * @param whole what a whole number counts: {@code ChronoUnit.MILLIS}, ...
   */
  public SparkLog time(String column, ChronoUnit whole) {
    columns.time = columns.known("time", column);
    boolean days = columns.type(column) instanceof DateType;
    boolean micros = columns.type(column) instanceof TimestampType;
    unit = days ? ChronoUnit.DAYS : micros ? ChronoUnit.MICROS : whole;
    return this;
  }

  /** With {@link #list}, where in its list the item was shown; null: a candidate not shown. */
  public SparkLog position(String column) {
    columns.position = columns.known("position", column);
    return this;
  }

  /** Columns by which impressions of the same time (or without a position) stand in order. */
  public SparkLog order(String... names) {
    for (String name : names) {
      columns.order.add(columns.known("order", name));
    }
    return this;
  }

  /**
   * What a list was worth: the sum over the items shown, at least 0 each. Without one it is the
   * number of clicks.
   */
  public SparkLog utility(String column) {
    return utility(column, 1);
  }

  /** As {@link #utility(String)}, times a weight, which is at least 0; several are added up. */
  public SparkLog utility(String column, double weight) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new DataException(
          "utility('%s', %s): a weight is finite and at least 0".formatted(column, weight));
    }
    columns.utility.put(columns.known("utility", column), weight);
    utilityUnit = utilityUnit == 0 ? 1 : utilityUnit;
    return this;
  }

  /** Sums of the values are divided by it, once a list. */
  SparkLog utilityUnit(double value) {
    utilityUnit = value;
    return this;
  }

  /** Attributes of the user or of the request. */
  public SparkLog userFields(String... names) {
    for (String name : names) {
      columns.userFields.add(columns.known("userFields", name));
    }
    return this;
  }

  /** Attributes of the item. */
  public SparkLog itemFields(String... names) {
    for (String name : names) {
      columns.itemFields.add(columns.known("itemFields", name));
    }
    return this;
  }

  /** What people call the item; otherwise its id. */
  public SparkLog label(String column) {
    columns.label = columns.known("label", column);
    return this;
  }

  /** Leaves the columns of users and items out of the features. */
  public SparkLog withoutIds() {
    columns.ids = false;
    return this;
  }

  /** Leaves the user's column alone out of the features. */
  SparkLog withoutUserId() {
    columns.userId = false;
    return this;
  }

  /** Rows name the list that they belong to; rows that name none are counted as errors. */
  public SparkLog list(String column) {
    columns.list = columns.known("list", column);
    return cut(CutKind.NAMED, null);
  }

  /**
   * A user's impressions within a time, counted back from the last one, window by window; the
   * latest windows with two items or more and a click. Their first items, if there are more than
   * {@link #longest}.
   *
   * @param length from a window's last impression back to its first at most
   */
  public SparkLog windows(Duration length) {
    return cut(CutKind.WINDOWS, length);
  }

  /**
   * A user's impressions until nothing is shown for a time; sessions with two items or more.
   *
   * @param pause the longest time between two impressions of a session
   */
  public SparkLog sessions(Duration pause) {
    return cut(CutKind.SESSIONS, pause);
  }

  /** A user's impressions, so many different items at a time; the last ones are dropped. */
  public SparkLog consecutive(int items) {
    cut(CutKind.CONSECUTIVE, null);
    return longest(items);
  }

  private SparkLog cut(CutKind chosen, Duration length) {
    if (kind != null && kind != chosen) {
      throw new DataException(
          "lists are cut in one way: list, windows, sessions or consecutive; two are named");
    }
    if (length != null && (length.isNegative() || length.isZero())) {
      throw new DataException("a cut by %s: the time must be above 0".formatted(length));
    }
    kind = chosen;
    span = length;
    return this;
  }

  /** Items of a list at most, 2 to 1,000; by default 10, but all of those that rows name. */
  public SparkLog longest(int items) {
    longest = within("longest", items, 2, MOST_LONGEST);
    return this;
  }

  /** With {@link #windows}, lists of a user at most, at least 1: the latest; by default 1. */
  public SparkLog listsPerUser(int most) {
    listsPerUser = within("listsPerUser", most, 1, Integer.MAX_VALUE);
    windowsOnly = true;
    return this;
  }

  /** With {@link #windows}, users with fewer impressions have no list; by default 3. */
  public SparkLog minImpressions(int least) {
    minImpressions = within("minImpressions", least, 2, Integer.MAX_VALUE);
    windowsOnly = true;
    return this;
  }

  /** With {@link #windows}, those without a click, too. */
  public SparkLog withUnclicked() {
    unclicked = true;
    windowsOnly = true;
    return this;
  }

  /**
   * Items that have fewer impressions are left out before lists are cut, which takes a pass over
   * the log of its own; at least 1, by default 1.
   */
  public SparkLog minOccurrences(int least) {
    minOccurrences = within("minOccurrences", least, 1, Integer.MAX_VALUE);
    return this;
  }

  private static int within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new DataException(
          String.format(Locale.ROOT, "%s(%d): allowed is %,d to %,d", option, value, least, most));
    }
    return value;
  }

  /**
   * The lists, one a row, in no order: "list" (its id; where rows name none, USER/NUMBER, by which
   * the latest window is 0, the first session 0), "userId", "user" (a struct of the user's fields,
   * if there are any), "candidates" (an array of structs, those shown first: "label" and the item's
   * fields), "clicks" (an array of boolean, one an item shown), "utility" (double) and "time"
   * (long, if there is a column of it). Rows of which no list can be made are in {@link #errors}.
   *
   * @throws DataException if columns are missing or of a wrong type
   */
  public Dataset<Row> lists() {
    Dataset<Row> cut = cut();
    Dataset<Row> lists = cut.filter(functions.col("error").isNull()).drop("error");
    lists = columns.hasUserFields() ? lists : lists.drop("user");
    lists = columns.user == null ? lists.drop(LogColumns.USER_ID) : lists;
    return columns.time == null ? lists.drop("time") : lists;
  }

  /**
   * What became no list: "list", "userId", "time" and "error", the reason in a sentence; null where
   * it is not known. The cut is done anew for it.
   */
  public Dataset<Row> errors() {
    Dataset<Row> cut = cut().filter(functions.col("error").isNotNull());
    String key = kind == CutKind.NAMED ? columns.list : columns.user;
    Column count = functions.count(functions.lit(1));
    Column text =
        functions.concat(
            count.cast("string"),
            functions.lit(" impressions without a " + (kind == CutKind.NAMED ? "list" : "user")));
    Dataset<Row> without =
        impressions
            .filter(Columns.of(key).isNull())
            .agg(count.as("n"), text.as("error"))
            .filter("n > 0")
            .select(
                functions.lit(null).cast(cut.schema().apply("list").dataType()).as("list"),
                functions
                    .lit(null)
                    .cast(cut.schema().apply(LogColumns.USER_ID).dataType())
                    .as(LogColumns.USER_ID),
                functions.lit(null).cast("bigint").as("time"),
                functions.col("error"));
    return cut.select("list", LogColumns.USER_ID, "time", "error").union(without);
  }

  private Dataset<Row> cut() {
    if (kind == null) {
      throw new DataException("say how lists are cut: list, windows, sessions or consecutive");
    }
    if (windowsOnly && kind != CutKind.WINDOWS) {
      throw new DataException(
          "listsPerUser, minImpressions and withUnclicked are of windows; leave them out");
    }
    columns.check(kind);
    CutOptions options = options();
    Dataset<Row> read = frequent().select(columns.read(kind));
    read = read.filter(functions.col("key").isNotNull());
    Dataset<Row> sorted =
        read.repartition(functions.col("key"))
            .sortWithinPartitions(columns.sorted(kind, options.latestFirst()));
    return sorted.mapPartitions(new CutPartition(options), Encoders.row(after(read.schema())));
  }

  private CutOptions options() {
    int most = longest > 0 ? longest : kind == CutKind.NAMED ? LogRow.MOST_ITEMS : 10;
    long length = 0;
    if (span != null) {
      length = span.dividedBy(unit.getDuration());
      if (length == 0) {
        throw new DataException(
            "a cut by %s, where the time column counts %s; give a longer time"
                .formatted(span, unit.toString().toLowerCase(Locale.ROOT)));
      }
    }
    return new CutOptions(
        kind,
        length,
        most,
        listsPerUser,
        minImpressions,
        unclicked,
        utilityUnit,
        columns.time != null);
  }

  private Dataset<Row> frequent() {
    if (minOccurrences == 1) {
      return impressions;
    }
    Column item = Columns.of(columns.item);
    Dataset<Row> counted =
        impressions
            .groupBy(item.as("eglr item"))
            .agg(functions.count(functions.lit(1)).as("n"))
            .filter(functions.col("n").geq(minOccurrences));
    return impressions.join(counted, item.equalTo(Columns.of("eglr item")), "left_semi");
  }

  private StructType after(StructType read) {
    boolean named = kind == CutKind.NAMED;
    return new StructType()
        .add("list", named ? read.apply("key").dataType() : DataTypes.StringType)
        .add(LogColumns.USER_ID, read.apply("user").dataType())
        .add("user", read.apply("fields").dataType())
        .add("candidates", DataTypes.createArrayType(read.apply("candidate").dataType()))
        .add("clicks", DataTypes.createArrayType(DataTypes.BooleanType))
        .add("utility", DataTypes.DoubleType)
        .add("time", DataTypes.LongType)
        .add("error", DataTypes.StringType);
  }
}
