package org.eglr.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eglr.internal.work.Workers;

/** Times a GRPO step with different numbers of workers: what the default number rests on. */
public final class ThreadTimes {

  private static final int ROUNDS = 3;
  private static final int WARM_UP = 12;
  private static final int STEPS = 8;

  private ThreadTimes() {}

  /**
   * The median step in milliseconds by number of workers, each measured in turn several times. The
   * shared workers are as many as before afterwards.
   */
  public static Map<Integer, Double> grpoStep(List<Integer> workers) {
    int before = Workers.shared().size();
    Map<Integer, List<Long>> times = new LinkedHashMap<>();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        for (int size : workers) {
          Workers.resize(size);
          times.computeIfAbsent(size, s -> new ArrayList<>()).addAll(steps());
        }
      }
    } finally {
      Workers.resize(before);
    }
    Map<Integer, Double> medians = new LinkedHashMap<>();
    times.forEach(
        (size, nanos) ->
            medians.put(size, nanos.stream().sorted().toList().get(nanos.size() / 2) / 1e6));
    return medians;
  }

  private static List<Long> steps() {
    try {
      Path folder = Files.createTempDirectory("eglr-threads");
      try (Workload work = new Workload(Scale.FULL, new Workload.Size(30, 10, 2, 32), folder)) {
        work.grpoSteps(WARM_UP);
        return Arrays.stream(work.grpoSteps(STEPS)).boxed().toList();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while measuring", e);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the measurement needs a temporary folder", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
