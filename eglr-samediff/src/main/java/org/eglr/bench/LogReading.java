package org.eglr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eglr.data.CutLog;
import org.eglr.data.Datasets;
import org.eglr.data.ListLog;
import org.eglr.data.LogProgress;
import org.eglr.data.Splits;

/**
 * How fast the large published logs are cut into lists, and in how much memory, on files of their
 * size and columns. One log a process, so that the memory is its own.
 */
public final class LogReading {

  private LogReading() {}

  /**
   * Arguments: {@code write tianchi|kuairand FOLDER SHARE} writes the files of a log, a share of
   * the published size; {@code read tianchi|kuairand FOLDER} cuts them, and reads the lists that
   * were kept a second time.
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 4 && args[0].equals("write")) {
      write(args[1], Path.of(args[2]), Double.parseDouble(args[3]));
    } else if (args.length == 3 && args[0].equals("read")) {
      read(args[1], Path.of(args[2])).forEach(System.out::println);
    } else {
      System.err.println(
          "usage: LogReading write tianchi|kuairand FOLDER SHARE | read KIND FOLDER");
      System.exit(2);
    }
  }

  static void write(String kind, Path folder, double share) throws IOException {
    Files.createDirectories(folder);
    if (kind.equals("tianchi")) {
      new TianchiAdFiles(folder, share).write();
    } else {
      new KuaiRandFiles(folder, share).write();
    }
  }

  /** What was measured, a line each. */
  static List<String> read(String kind, Path folder) throws IOException {
    Path kept = Files.createTempDirectory(folder, "kept");
    try {
      LogProgress[] last = new LogProgress[1];
      CutLog<?> log =
          kind.equals("tianchi") ? Datasets.tianchiAd(folder) : Datasets.kuaiRand(folder);
      log.keptIn(kept).progress(at -> last[0] = at);
      double before = cpuSeconds();
      long start = System.nanoTime();
      ListLog lists = log.log();
      double cut = (System.nanoTime() - start) / 1e9;
      double cpu = cpuSeconds() - before;
      start = System.nanoTime();
      ListLog again = log.log();
      double reread = (System.nanoTime() - start) / 1e9;
      start = System.nanoTime();
      Splits splits = again.split(0.8, 0.1, 0.1);
      double split = (System.nanoTime() - start) / 1e9;
      return List.of(
          format("%s: %,d rows, %,d lists", lists.name(), last[0].rows(), lists.size()),
          format(
              "  cut in %.1f s: %,.0f rows/s; %.1f s of one core: %,.0f rows/s",
              cut, last[0].rows() / cut, cpu, last[0].rows() / cpu),
          format(
              "  kept in %,d MiB, read again in %.1f s, split in %.1f s (%,d for training)",
              size(kept) >> 20, reread, split, splits.train().size()),
          format(
              "  heap at most %,d MiB, the process at most %s",
              Runtime.getRuntime().maxMemory() >> 20, residentPeak()));
    } finally {
      try (var files = Files.list(kept)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(kept);
    }
  }

  /** What all threads of the process computed; on a busy machine less than the time that passed. */
  private static double cpuSeconds() {
    return ProcessHandle.current()
            .info()
            .totalCpuDuration()
            .map(Duration::toNanos)
            .orElseThrow(() -> new IllegalStateException("the system does not tell CPU times"))
        / 1e9;
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  /** The most memory that the process had, where the system tells. */
  private static String residentPeak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "not known on this system";
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return format("%,d MiB", Long.parseLong(line.replaceAll("\\D", "")) >> 10);
      }
    }
    return "not known on this system";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
