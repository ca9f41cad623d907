package org.eglr;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eglr.bench.ThreadTimes;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Gpu;
import org.eglr.internal.work.Workers;

/**
 * Says what the library finds when it starts, one line a check: {@code check TAB state TAB found
 * [TAB remedy]}, where the state is {@code ok}, {@code to do} or {@code missing}. Called by {@code
 * ./eglr doctor}; with the argument {@code speed} it also measures what the number of workers rests
 * on.
 */
public final class Doctor {

  private Doctor() {}

  /** Prints the checks; exits with 1 if ND4J does not work. */
  public static void main(String[] args) {
    try {
      int workers = Workers.shared().size();
      row("Workers", "ok", "%d (-D%s)".formatted(workers, Workers.PROPERTY), "");
      kernels();
      Gpu gpu = Gpu.here();
      row("GPU", "ok", gpu.usable() ? gpu.found() : "not used: " + gpu.found(), gpu.remedy());
      if (gpu.usable() || !Gpu.inBuild()) {
        row("ND4J backend", "ok", Backend.describe(), "");
      }
      if (Arrays.asList(args).contains("speed")) {
        speed();
      }
    } catch (RuntimeException | LinkageError e) {
      row("ND4J backend", "missing", rootMessage(e), "build on this machine: ./eglr quickstart");
      System.exit(1);
    }
  }

  private static void kernels() {
    Kernels kernels = Kernels.best();
    String remedy = kernels.fast() ? "" : "start Java with --add-modules jdk.incubator.vector";
    row("Java engine", kernels.fast() ? "ok" : "to do", kernels.describe(), remedy);
  }

  /** A GRPO step of 32 requests x 8 lists with 1, 2, 4, ... workers and with all processors. */
  private static void speed() {
    int processors = Runtime.getRuntime().availableProcessors();
    List<Integer> workers =
        IntStream.iterate(1, n -> n < 2 * processors, n -> 2 * n)
            .map(n -> Math.min(n, processors))
            .distinct()
            .boxed()
            .toList();
    ThreadTimes.grpoStep(workers)
        .forEach(
            (size, ms) ->
                row(
                    "GRPO step, workers: " + size,
                    "ok",
                    String.format(Locale.ROOT, "%.1f ms", ms),
                    ""));
  }

  private static void row(String check, String state, String found, String remedy) {
    String line = String.join("\t", check, state, found);
    System.out.println(remedy.isEmpty() ? line : line + "\t" + remedy);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}
