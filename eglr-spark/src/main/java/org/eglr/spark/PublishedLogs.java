package org.eglr.spark;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eglr.data.DataException;
import org.eglr.data.KuaiRandPart;

/**
 * The paper's logs, from their published files: what {@link org.eglr.data.TianchiAd} and {@link
 * org.eglr.data.KuaiRand} read, with the same fields.
 */
final class PublishedLogs {

  /** Where a row stands in the log: which file, which part of it, which row. */
  private static final String[] PLACE = {"eglr file", "eglr part", "eglr row"};

  private static final String[] PROFILE = {
    "cms_segid",
    "cms_group_id",
    "final_gender_code",
    "age_level",
    "pvalue_level",
    "shopping_level",
    "occupation",
    "new_user_class_level"
  };

  private static final String[] RANGES = {
    "user_active_degree",
    "is_lowactive_period",
    "is_live_streamer",
    "is_video_author",
    "follow_user_num_range",
    "fans_user_num_range",
    "friend_user_num_range",
    "register_days_range"
  };

  private static final String[] VIDEO = {
    "author_id", "video_type", "upload_type", "visible_status", "music_id", "music_type"
  };

  private PublishedLogs() {}

  static SparkLog tianchiAd(SparkSession spark, String folder) {
    Dataset<Row> users = read(spark, folder + "/user_profile.csv");
    Dataset<Row> ads = read(spark, folder + "/ad_feature.csv");
    String customer = Columns.has(ads.schema(), "customer") ? "customer" : "customer_id";
    Dataset<Row> log = placed(spark, folder + "/raw_sample.csv", 0);
    Dataset<Row> whole =
        log.select(
            columns(
                Stream.of(PLACE).map(Columns::of),
                Stream.of(whole("user"), whole("time_stamp"), whole("adgroup_id"), whole("clk"))));
    Dataset<Row> profiles = users.select(columns(Stream.of(whole("userid")), categories(PROFILE)));
    Dataset<Row> features =
        ads.select(
            columns(
                Stream.of(whole("adgroup_id").as("ad")),
                categories("cate_id", "campaign_id"),
                Stream.of(category(customer).as("customer"), category("brand")),
                Stream.of(logarithm("price"))));
    Dataset<Row> joined =
        joined(joined(whole, profiles, "user", "userid"), features, "adgroup_id", "ad");
    return SparkLog.of(joined)
        .user("user")
        .withoutUserId()
        .item("adgroup_id")
        .time("time_stamp")
        .clicked("clk")
        .order(PLACE)
        .userFields(PROFILE)
        .itemFields("cate_id", "campaign_id", "customer", "brand", "log_price")
        .windows(Duration.ofMinutes(5));
  }

  static SparkLog kuaiRand(SparkSession spark, String folder, String suffix, KuaiRandPart... logs) {
    if (logs.length == 0) {
      throw new DataException("kuaiRand reads one log at least: KuaiRandPart.STANDARD_EARLY, ...");
    }
    String[] oneHot =
        IntStream.range(0, 18).mapToObj(i -> "onehot_feat" + i).toArray(String[]::new);
    Dataset<Row> users = read(spark, "%s/user_features_%s.csv".formatted(folder, suffix));
    Dataset<Row> videos = read(spark, "%s/video_features_basic_%s.csv".formatted(folder, suffix));
    Dataset<Row> log = null;
    for (KuaiRandPart part : Arrays.stream(logs).sorted().distinct().toList()) {
      String file = "%s/%s_%s.csv".formatted(folder, part.file(), suffix);
      Dataset<Row> one =
          placed(spark, file, part.ordinal())
              .select(
                  columns(
                      Stream.of(PLACE).map(Columns::of),
                      Stream.of(
                          whole("user_id"),
                          whole("video_id"),
                          whole("time_ms"),
                          whole("is_click"),
                          whole("play_time_ms"))));
      log = log == null ? one : log.union(one);
    }
    Dataset<Row> people =
        users.select(
            columns(
                Stream.of(whole("user_id").as("person")), categories(RANGES), categories(oneHot)));
    Column tag = functions.regexp_replace(Columns.of("tag"), "\\s*,.*", "");
    Dataset<Row> features =
        videos.select(
            columns(
                Stream.of(whole("video_id").as("video")),
                categories(VIDEO),
                Stream.of(category(tag).as("tag"), number("server_width"), number("server_height")),
                Stream.of(logarithm("video_duration"))));
    Dataset<Row> joined =
        joined(joined(log, people, "user_id", "person"), features, "video_id", "video");
    return SparkLog.of(joined)
        .user("user_id")
        .item("video_id")
        .time("time_ms", ChronoUnit.MILLIS)
        .clicked("is_click")
        .utility("play_time_ms")
        .utilityUnit(1000) // milliseconds a second
        .order(PLACE)
        .userFields(RANGES)
        .userFields(oneHot)
        .itemFields(VIDEO)
        .itemFields("tag", "server_width", "server_height", "log_video_duration")
        .minOccurrences(50)
        .consecutive(10);
  }

  private static Dataset<Row> joined(
      Dataset<Row> log, Dataset<Row> features, String key, String of) {
    return log.join(features, Columns.of(key).equalTo(Columns.of(of)), "left").drop(of);
  }

  @SafeVarargs
  private static Column[] columns(Stream<Column>... parts) {
    List<Column> all = new ArrayList<>();
    for (Stream<Column> part : parts) {
      part.forEach(all::add);
    }
    return all.toArray(Column[]::new);
  }

  private static Dataset<Row> read(SparkSession spark, String file) {
    Dataset<Row> rows =
        spark.read().option("header", "true").option("ignoreLeadingWhiteSpace", "true").csv(file);
    return named(rows);
  }

  /** A log with the place of each row in it, which partitions do not change. */
  private static Dataset<Row> placed(SparkSession spark, String file, int number) {
    Dataset<Row> rows = spark.read().option("header", "true").csv(file);
    List<Column> all = new ArrayList<>();
    all.add(functions.lit(number).as(PLACE[0]));
    all.add(functions.col("_metadata.file_block_start").as(PLACE[1]));
    all.add(functions.monotonically_increasing_id().as(PLACE[2]));
    Stream.of(rows.columns()).map(name -> Columns.of(name).as(name.strip())).forEach(all::add);
    return rows.select(all.toArray(Column[]::new));
  }

  /** Some headers have blanks. */
  private static Dataset<Row> named(Dataset<Row> rows) {
    return rows.toDF(Stream.of(rows.columns()).map(String::strip).toArray(String[]::new));
  }

  private static Column whole(String column) {
    Column text = functions.regexp_replace(Columns.of(column), "\\.0+$", "");
    return functions.trim(text).try_cast("bigint").as(column);
  }

  private static Stream<Column> categories(String... columns) {
    return Stream.of(columns).map(PublishedLogs::category);
  }

  private static Column category(String column) {
    return category(Columns.of(column)).as(column);
  }

  /** "2.0" is "2"; an empty cell, NULL and NaN are missing. */
  private static Column category(Column cell) {
    Column text = functions.regexp_replace(functions.trim(cell), "^([0-9]+)\\.0$", "$1");
    return functions.when(present(text), text);
  }

  private static Column number(String column) {
    Column text = functions.trim(Columns.of(column));
    return functions.when(present(text), text).try_cast("double").as(column);
  }

  private static Column present(Column text) {
    return text.isNotNull().and(functions.not(functions.upper(text).isin("", "NULL", "NAN")));
  }

  /** As {@code Feature.logarithm}: of 1 + the amount. */
  private static Column logarithm(String column) {
    return functions.log1p(number(column)).as("log_" + column.toLowerCase(Locale.ROOT));
  }
}
