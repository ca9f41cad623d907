package org.eglr;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.bench.ThreadTimes;
import org.eglr.internal.Workers;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.nn.Backend;

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
      System.out.println("Workers\tok\t%d (-D%s)".formatted(workers, Workers.PROPERTY));
      kernels();
      System.out.println("ND4J backend\tok\t" + Backend.describe());
      if (Arrays.asList(args).contains("speed")) {
        speed();
      }
    } catch (RuntimeException | LinkageError e) {
      String remedy = "build on this machine: ./eglr quickstart";
      System.out.println("ND4J backend\tmissing\t" + rootMessage(e) + "\t" + remedy);
      System.exit(1);
    }
  }

  private static void kernels() {
    Kernels kernels = Kernels.best();
    String line =
        "Java engine\t%s\t%s".formatted(kernels.fast() ? "ok" : "to do", kernels.describe());
    System.out.println(
        kernels.fast() ? line : line + "\tstart Java with --add-modules jdk.incubator.vector");
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
                System.out.println("GRPO step, workers: %d\tok\t%.1f ms".formatted(size, ms)));
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}
