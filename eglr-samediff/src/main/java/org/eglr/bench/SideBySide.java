package org.eglr.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.experiment.Experiment;

/**
 * Times a small experiment whose runs are done one after the other, and side by side, one a core:
 * what the default of {@link Experiment#parallel} rests on.
 */
public final class SideBySide {

  private SideBySide() {}

  /**
   * How long runs side by side take, as a share of what they take one after the other.
   *
   * @param seconds of a round one after the other, the median
   * @param ratios of each round; below 1: side by side is faster
   */
  record Pace(double seconds, List<Double> ratios) {

    double ratio() {
      return median(ratios);
    }
  }

  /** Arguments: ROUNDS WIDTH... Prints a line a width; wants a machine that does nothing else. */
  public static void main(String[] args) {
    if (args.length < 2) {
      System.err.println("usage: SideBySide ROUNDS WIDTH...");
      System.exit(2);
    }
    int rounds = Integer.parseInt(args[0]);
    Splits data = Simulator.adLike().lists(800).seed(1).log().split(0.8, 0.1, 0.1);
    int cores = Runtime.getRuntime().availableProcessors();
    for (String width : List.of(args).subList(1, args.length)) {
      Pace pace = measure(data, Integer.parseInt(width), 8, rounds);
      System.out.printf(
          Locale.ROOT,
          "width %s, %d cores: %.2f s one after the other, side by side times %.2f %s%n",
          width,
          cores,
          pace.seconds(),
          pace.ratio(),
          pace.ratios().stream().map(r -> String.format(Locale.ROOT, "%.2f", r)).toList());
    }
    System.exit(0);
  }

  /** Both ways in turn, after one of each that does not count. */
  static Pace measure(Splits data, int width, int steps, int rounds) {
    int cores = Runtime.getRuntime().availableProcessors();
    List<Double> seconds = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      double alone = seconds(data, width, steps, 1);
      double together = seconds(data, width, steps, Math.max(2, cores));
      if (round > 0) {
        seconds.add(alone);
        ratios.add(together / alone);
      }
    }
    return new Pace(median(seconds), ratios);
  }

  private static double seconds(Splits data, int width, int steps, int parallel) {
    long start = System.nanoTime();
    Experiment.of(data)
        .fix("width", width)
        .fix("evaluator.epochs", 1)
        .fix("grpo.steps", steps)
        .vary("maxSteps", 0, 2)
        .seeds(1, 2)
        .parallel(parallel)
        .run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
