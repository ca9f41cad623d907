package org.eglr.spark.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Re-ranks more and more requests in one JVM and says how much of the heap was in use: it should
 * not grow with them.
 *
 * <p>Arguments: the model's width, the folder for the data, the master, then numbers of requests,
 * multiples of {@value #DIFFERENT}: {@code 8 DIR local[2] 100000 1000000 10000000}.
 */
public final class MemoryBench {

  /** Requests that differ; larger numbers repeat them. */
  private static final int DIFFERENT = 10_000;

  private MemoryBench() {}

  public static void main(String[] args) {
    BenchRequests requests =
        BenchRequests.of(DIFFERENT, Integer.parseInt(args[0]), Path.of(args[1]));
    SparkSession spark = BenchRequests.session(args[2]);
    try {
      System.out.println(
          "| Requests | a second | Most heap after a collection | Heap at the end |");
      System.out.println("|---|---|---|---|");
      for (String many : List.of(args).subList(3, args.length)) {
        int copies = Integer.parseInt(many) / DIFFERENT;
        Meter meter = new Meter();
        BenchRequests.compute(requests.ranked(spark, copies));
        Meter.Reading used = meter.stop();
        long computed = (long) copies * DIFFERENT;
        System.out.printf(
            Locale.ROOT,
            "| %,d | %,.0f | %,d MB | %,d MB |%n",
            computed,
            computed / used.seconds(),
            used.mostBytes() >> 20,
            used.lastBytes() >> 20);
      }
    } finally {
      spark.stop();
    }
  }
}
