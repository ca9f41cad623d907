package org.eglr.spark.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eglr.Ranking;
import org.eglr.data.Request;
import org.eglr.internal.work.Workers;

/**
 * Re-ranks simulated requests, 10 items of 20 candidates, by this library's own batch path on one
 * thread and then on Spark, and compares the lists. Each is run twice; the second time counts.
 *
 * <p>Arguments: requests, copies of each (more of them without more data), the model's width, the
 * folder for the data, then masters: {@code 100000 1 64 DIR local[1] local[2]}.
 */
public final class SparkBench {

  private static final int TOGETHER = 64;
  private static final int SOME = 10_000; // requests in memory

  private final BenchRequests requests;
  private final int copies;

  private SparkBench(BenchRequests requests, int copies) {
    this.requests = requests;
    this.copies = copies;
  }

  public static void main(String[] args) {
    if (args.length < 5) {
      throw new IllegalArgumentException(
          "arguments: REQUESTS COPIES WIDTH FOLDER MASTER..., as 100000 1 64 target/bench local[1]");
    }
    BenchRequests requests =
        BenchRequests.of(Integer.parseInt(args[0]), Integer.parseInt(args[2]), Path.of(args[3]));
    SparkBench bench = new SparkBench(requests, Integer.parseInt(args[1]));
    System.out.println(
        "| Path | Requests | a second | a CPU second | Most heap after a collection |");
    System.out.println("|---|---|---|---|---|");
    bench.oneMachine();
    for (String master : List.of(args).subList(4, args.length)) {
      bench.spark(master);
    }
  }

  private void oneMachine() {
    List<Request> some =
        IntStream.range(0, Math.min(SOME, requests.lists().size()))
            .mapToObj(requests.lists()::request)
            .toList();
    int rounds = Math.max(1, (int) (all() / some.size()));
    Meter meter = null;
    for (int run = 0; run < 2; run++) {
      meter = new Meter();
      for (int round = 0; round < rounds; round++) {
        for (int from = 0; from < some.size(); from += TOGETHER) {
          List<Request> batch = some.subList(from, Math.min(some.size(), from + TOGETHER));
          Workers.here(() -> requests.eglr().rerank(batch));
        }
      }
    }
    print("batches of 64, 1 thread", meter.stop(), (long) rounds * some.size());
  }

  private void spark(String master) {
    SparkSession spark = BenchRequests.session(master);
    try {
      Dataset<Row> ranked = requests.ranked(spark, copies);
      Meter meter = null;
      for (int run = 0; run < 2; run++) {
        meter = new Meter();
        BenchRequests.compute(ranked);
      }
      print(master, meter.stop(), all());
      System.out.printf(
          Locale.ROOT,
          "%s: %,d of %,d lists differ from one machine's%n",
          master,
          differing(ranked.filter(functions.col(BenchRequests.COPY).equalTo(0))),
          requests.lists().size());
    } finally {
      spark.stop();
    }
  }

  /** How many requests are re-ranked, copies among them. */
  private long all() {
    return (long) requests.lists().size() * copies;
  }

  private int differing(Dataset<Row> ranked) {
    int differing = 0;
    var rows = ranked.select("list", "ranking").toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      int request = (int) row.getLong(0) - BenchRequests.TRAINING;
      Ranking expected = requests.eglr().rerank(requests.lists().request(request));
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
        used.mostBytes() >> 20);
  }
}
