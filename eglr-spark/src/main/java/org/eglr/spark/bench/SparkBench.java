package org.eglr.spark.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eglr.Eglr;
import org.eglr.Ranking;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.work.Workers;
import org.eglr.reasoning.Gate;
import org.eglr.spark.EglrRerankModel;

/**
 * Re-ranks simulated requests, 10 items of 20 candidates, by this library's own batch path on one
 * thread and then on Spark, and compares the lists. Each is run twice; the second time counts.
 *
 * <p>Arguments: requests, copies of each (more of them without more data), the model's width, the
 * folder for the data, then masters: {@code 100000 1 64 DIR local[1] local[2]}.
 */
public final class SparkBench {

  private static final int TRAINING = 2_000;
  private static final int TOGETHER = 64;
  private static final int CHUNK = 10_000;

  private final ListSet lists;
  private final Eglr eglr;
  private final int copies;
  private final Path folder;

  private SparkBench(int requests, int copies, int width, Path folder) {
    Splits data =
        Simulator.adLike()
            .lists(requests + TRAINING)
            .pool(20)
            .seed(1)
            .log()
            .split(
                IntStream.range(0, TRAINING).toArray(),
                new int[0],
                IntStream.range(TRAINING, requests + TRAINING).toArray());
    lists = data.test();
    this.copies = copies;
    this.folder = folder;
    eglr = trained(data, width);
  }

  public static void main(String[] args) {
    if (args.length < 5) {
      throw new IllegalArgumentException(
          "arguments: REQUESTS COPIES WIDTH FOLDER MASTER..., as 100000 1 64 target/bench local[1]");
    }
    SparkBench bench =
        new SparkBench(
            Integer.parseInt(args[0]),
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            Path.of(args[3]).toAbsolutePath());
    System.out.println("| Path | Requests | a second | a CPU second | Largest live heap |");
    System.out.println("|---|---|---|---|---|");
    bench.oneMachine();
    for (String master : List.of(args).subList(4, args.length)) {
      bench.spark(master);
    }
  }

  private static Eglr trained(Splits data, int width) {
    Eglr eglr =
        Eglr.builder(data.schema())
            .width(width)
            .reasoning(r -> r.maxSteps(2).gate(Gate.entropy(1.2)))
            .seed(1)
            .build();
    eglr.trainEvaluator(data.train(), t -> t.epochs(1));
    eglr.trainGenerator(data.train(), t -> t.steps(10));
    return eglr;
  }

  private void oneMachine() {
    List<Request> some =
        IntStream.range(0, Math.min(CHUNK, lists.size())).mapToObj(lists::request).toList();
    int rounds = Math.max(1, (int) ((long) lists.size() * copies / some.size()));
    Meter meter = null;
    for (int run = 0; run < 2; run++) {
      meter = new Meter();
      for (int round = 0; round < rounds; round++) {
        for (int from = 0; from < some.size(); from += TOGETHER) {
          List<Request> batch = some.subList(from, Math.min(some.size(), from + TOGETHER));
          Workers.here(() -> eglr.rerank(batch));
        }
      }
    }
    print("batches of 64, 1 thread", meter.stop(), (long) rounds * some.size());
  }

  private void spark(String master) {
    SparkSession spark = session(master);
    try {
      Dataset<Row> requests = BenchData.of(spark, lists, folder, CHUNK);
      Dataset<Row> many =
          copies == 1
              ? requests.withColumn("copy", functions.lit(0))
              : requests.crossJoin(spark.range(copies).toDF("copy"));
      Dataset<Row> ranked = EglrRerankModel.of(eglr).setUserCol("user").transform(many);
      Meter meter = null;
      for (int run = 0; run < 2; run++) {
        meter = new Meter();
        ranked.write().format("noop").mode("overwrite").save();
      }
      print(master, meter.stop(), (long) lists.size() * copies);
      System.out.printf(
          Locale.ROOT,
          "%s: %,d of %,d lists differ from one machine's%n",
          master,
          differing(ranked.filter(functions.col("copy").equalTo(0))),
          lists.size());
    } finally {
      spark.stop();
    }
  }

  private static SparkSession session(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("EGLR bench")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .getOrCreate();
  }

  private int differing(Dataset<Row> ranked) {
    int differing = 0;
    var rows = ranked.select("list", "ranking").toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      Ranking expected = eglr.rerank(lists.request((int) row.getLong(0) - TRAINING));
      List<Row> list = row.getList(1);
      boolean same = list.size() == expected.order().length;
      for (int k = 0; same && k < list.size(); k++) {
        same =
            list.get(k).getInt(0) == expected.order()[k]
                && list.get(k).getDouble(2) == expected.clickProbabilities()[k];
      }
      differing += same ? 0 : 1;
    }
    return differing;
  }

  private static void print(String path, Meter.Reading used, long requests) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %,.0f | %,.0f | %,d MB |%n",
        path,
        requests,
        requests / used.seconds(),
        requests / used.cpuSeconds(),
        used.liveBytes() >> 20);
  }
}
