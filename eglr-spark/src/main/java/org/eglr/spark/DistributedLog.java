package org.eglr.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Schema;
import org.eglr.data.Splits;
import scala.Tuple2;

/**
 * A log whose lists stay on the executors. It has the order, the split and the schema that {@link
 * CollectedLog} gives on one machine. The driver holds some 150 bytes a list while it splits, 8
 * afterwards.
 */
final class DistributedLog {

  /** Lists that stand for the others where only their fields matter. */
  private static final int EXAMPLES = 8;

  private final JavaSparkContext context;
  private final LogRows log;
  private final JavaRDD<Row> rows;
  private final int[] firsts; // the number of each partition's first list
  private final int size;
  private final LogRows.Gaps gaps;
  private final int[] train;
  private final int[] valid;

  /**
   * @param validation share of lists that validate
   * @throws DataException if a list is none
   */
  DistributedLog(
      JavaSparkContext context, CollectedLog columns, Dataset<Row> lists, double validation) {
    this.context = context;
    log = columns.rows();
    rows = CollectedLog.ordered(columns.read(lists)).toJavaRDD();
    List<Long> counts =
        TrainingJobs.run(
            () -> rows.mapPartitions(of -> List.of(count(of)).iterator(), true).collect());
    long all = counts.stream().mapToLong(Long::longValue).sum();
    if (all == 0 || all > Integer.MAX_VALUE - 8) {
      throw new DataException(
          all == 0
              ? "log: no lists"
              : String.format(
                  Locale.ROOT, "the log has %,d lists; at most 2^31 - 9 are known", all));
    }
    size = (int) all;
    firsts = new int[counts.size()];
    for (int p = 1; p < firsts.length; p++) {
      firsts[p] = (int) (firsts[p - 1] + counts.get(p - 1));
    }
    gaps = LogSurvey.of(rows, log, firsts);
    Splits split = UserTimelines.split(rows, log, firsts, size, validation);
    train = numbers(split.train());
    valid = numbers(split.valid());
  }

  private static long count(Iterator<Row> rows) {
    long count = 0;
    for (; rows.hasNext(); rows.next()) {
      count++;
    }
    return count;
  }

  private static int[] numbers(ListSet lists) {
    int[] numbers = new int[lists.size()];
    Arrays.setAll(numbers, lists::logIndex);
    return numbers;
  }

  private static BitSet bits(int[] numbers) {
    BitSet bits = new BitSet();
    Arrays.stream(numbers).forEach(bits::set);
    return bits;
  }

  /** The encoding, fitted on the training lists. */
  Schema schema() {
    Broadcast<BitSet> trained = context.broadcast(bits(train));
    try {
      FittedSchema users = counted(trained, true, log.user(), gaps.user());
      FittedSchema items = counted(trained, false, log.candidate(), gaps.candidate());
      return new Schema(users.categories(), users.values(), items.categories(), items.values());
    } finally {
      trained.destroy();
    }
  }

  private FittedSchema counted(
      Broadcast<BitSet> trained, boolean users, StructType type, Set<String> missing) {
    LogRows of = log;
    int[] from = firsts;
    JavaPairRDD<Row, FittedSchema.Seen> seen =
        rows.mapPartitionsWithIndex(
                (p, lists) -> appearances(lists, of, from[p], trained.value(), users), true)
            .mapToPair(entity -> entity);
    return TrainingJobs.run(() -> FittedSchema.of(seen, type, missing));
  }

  private static Iterator<Tuple2<Row, FittedSchema.Seen>> appearances(
      Iterator<Row> lists, LogRows log, int first, BitSet trained, boolean users) {
    int[] next = {first};
    return Stream.generate(() -> null)
        .takeWhile(more -> lists.hasNext())
        .flatMap(
            more -> {
              Row list = lists.next();
              int number = next[0]++;
              List<Row> entities = users ? List.of(log.userOf(list)) : list.getList(0);
              List<Tuple2<Row, FittedSchema.Seen>> found = new ArrayList<>(entities.size());
              for (int i = 0; i < entities.size(); i++) {
                long place = (long) number << Integer.SIZE | i;
                found.add(
                    new Tuple2<>(
                        LogRows.plain(entities.get(i)),
                        new FittedSchema.Seen(place, trained.get(number))));
              }
              return found.stream();
            })
        .iterator();
  }

  /**
   * All lists, encoded, an array a partition, kept by the executors.
   *
   * @param model whose schema it is
   */
  JavaRDD<byte[][]> encoded(TrainingModel model) {
    LogRows of = log;
    LogRows.Gaps missing = gaps;
    int[] from = firsts;
    return rows.mapPartitionsWithIndex(
            (p, lists) -> {
              Schema schema = model.here().architecture().schema();
              return Collections.singleton(encoded(lists, of, from[p], missing, schema)).iterator();
            },
            true)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static byte[][] encoded(
      Iterator<Row> lists, LogRows log, int first, LogRows.Gaps gaps, Schema schema) {
    List<byte[]> packed = new ArrayList<>();
    while (lists.hasNext()) {
      int at = first + packed.size();
      ListSet chunk = log.log(LogSurvey.name(at), LogSurvey.chunk(lists), at, gaps).encode(schema);
      for (int list = 0; list < chunk.size(); list++) {
        packed.add(PackedList.of(chunk, list));
      }
    }
    return packed.toArray(byte[][]::new);
  }

  /** The training lists, of which {@link #encoded} has the values. */
  StoredLists training(JavaRDD<byte[][]> encoded, Schema schema) {
    ListSet examples = collected(Arrays.copyOf(train, Math.min(EXAMPLES, train.length)), schema);
    return new StoredLists(encoded, firsts, train, schema, examples);
  }

  /**
   * The validation lists, on the driver; null where there are none.
   *
   * @param most candidates that the driver is to hold
   * @throws DataException if they have more
   */
  ListSet validation(JavaRDD<byte[][]> encoded, Schema schema, long most) {
    if (valid.length == 0) {
      return null;
    }
    BitSet wanted = bits(valid);
    int[] from = firsts;
    long candidates =
        TrainingJobs.run(
            () ->
                encoded
                    .mapPartitionsWithIndex(
                        (p, lists) -> List.of(candidates(lists.next(), from[p], wanted)).iterator(),
                        true)
                    .reduce(Long::sum));
    if (candidates > most) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the log has %,d candidates in %,d validation lists; the driver is to hold at most %,d: lower setValidationShare, or raise it by setMaxCandidates",
              candidates,
              valid.length,
              most));
    }
    return collected(valid, schema);
  }

  private static long candidates(byte[][] lists, int first, BitSet wanted) {
    long sum = 0;
    for (int l = 0; l < lists.length; l++) {
      sum += wanted.get(first + l) ? PackedList.pool(lists[l]) : 0;
    }
    return sum;
  }

  /** Some lists on the driver. */
  private ListSet collected(int[] numbers, Schema schema) {
    BitSet wanted = bits(numbers);
    int[] from = firsts;
    List<Row> found =
        TrainingJobs.run(
            () ->
                rows.mapPartitionsWithIndex((p, lists) -> chosen(lists, from[p], wanted), true)
                    .collect());
    return log.log("log", found, 0, gaps).encode(schema);
  }

  private static Iterator<Row> chosen(Iterator<Row> lists, int first, BitSet wanted) {
    int[] next = {first};
    return Stream.generate(() -> null)
        .takeWhile(more -> lists.hasNext())
        .map(more -> lists.next())
        .filter(row -> wanted.get(next[0]++))
        .collect(Collectors.toList())
        .iterator();
  }
}
