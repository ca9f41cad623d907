package org.eglr.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eglr.Reranker;
import org.eglr.data.Request;

/** How long a trained system takes for a list, asked one by one and all at once. */
final class Latency {

  static final String ONE = "ms a list, asked one by one";
  static final String MANY = "ms a list, all at once";

  private static final AtomicBoolean COMPILED = new AtomicBoolean();

  private Latency() {}

  /** The runs of a system, with its times. */
  static Map<Long, Run> of(Bench bench, PaperSystem system, long[] seeds) {
    Map<Long, Run> runs = new LinkedHashMap<>();
    for (long seed : seeds) {
      Run run = bench.run(system, seed);
      Run times =
          bench.further("latency", system, seed, () -> times(bench, bench.trained(system, seed)));
      runs.put(seed, run.with(times.numbers()));
    }
    return runs;
  }

  private static Run times(Bench bench, Reranker system) {
    int count = Math.min(bench.size().repeats(), bench.measured().size());
    List<Request> requests = IntStream.range(0, count).mapToObj(bench.measured()::request).toList();
    Map<String, Double> times = new LinkedHashMap<>();
    times.put(ONE, oneByOne(requests, system::rerank));
    system.rerank(requests);
    times.put(MANY, milliseconds(() -> system.rerank(requests)) / count);
    return new Run(Map.of(), times);
  }

  /**
   * Median milliseconds, one after another, of the fastest pass of a second; the first measurement
   * of a process takes longer, since it waits for the compiler.
   */
  static double oneByOne(List<Request> requests, Consumer<Request> task) {
    double seconds = COMPILED.getAndSet(true) ? 1 : 5;
    long start = System.nanoTime();
    double fastest = Double.POSITIVE_INFINITY;
    do {
      fastest = Math.min(fastest, median(requests, task));
    } while (System.nanoTime() - start < seconds * 1e9);
    return fastest;
  }

  private static double median(List<Request> requests, Consumer<Request> task) {
    double[] times =
        requests.stream()
            .mapToDouble(request -> milliseconds(() -> task.accept(request)))
            .sorted()
            .toArray();
    return times[times.length / 2];
  }

  private static double milliseconds(Runnable task) {
    long start = System.nanoTime();
    task.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
