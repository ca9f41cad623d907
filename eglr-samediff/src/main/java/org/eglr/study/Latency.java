package org.eglr.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eglr.Reranker;
import org.eglr.data.Request;

/** How long a trained system takes for a list, asked one by one and all at once. */
final class Latency {

  static final String ONE = "ms a list, asked one by one";
  static final String MANY = "ms a list, all at once";

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
    requests.forEach(system::rerank); // until everything is compiled
    double[] one =
        requests.stream()
            .mapToDouble(request -> milliseconds(() -> system.rerank(request)))
            .toArray();
    system.rerank(requests);
    double many = milliseconds(() -> system.rerank(requests)) / count;
    Arrays.sort(one);
    Map<String, Double> times = new LinkedHashMap<>();
    times.put(ONE, one[one.length / 2]);
    times.put(MANY, many);
    return new Run(Map.of(), times);
  }

  private static double milliseconds(Runnable task) {
    long start = System.nanoTime();
    task.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
