package org.eglr.gpu;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eglr.Engine;

/**
 * GRPO steps and generation by both engines over batch sizes, model widths and pool sizes. Sizes
 * grow until a step takes longer than {@link Plan#patience}; larger ones are left out, and the
 * table says so.
 */
final class GpuBenchmark {

  /** Lists sampled per request of a GRPO step. */
  static final int GROUP = 8;

  /**
   * What to measure.
   *
   * @param lists of a batch: requests x {@link #GROUP} in a GRPO step
   * @param patience seconds after which a work's larger batches are left out
   * @param seconds after which nothing new is begun
   */
  record Plan(int[] widths, int[] pools, int[] lists, double patience, double seconds) {

    static Plan named(String name, double seconds) {
      int[] batches = {256, 1024, 4096, 16_384, 65_536};
      return switch (name) {
        case "full" ->
            new Plan(new int[] {64, 256, 512}, new int[] {10, 100, 1000}, batches, 20, seconds);
        case "quick" -> new Plan(new int[] {16}, new int[] {10}, new int[] {64, 128}, 20, seconds);
        case "none" -> new Plan(new int[0], new int[0], new int[0], 0, 0);
        default ->
            throw new IllegalArgumentException(
                "benchmark '" + name + "'; allowed: full, quick, none");
      };
    }
  }

  /**
   * One place of the table.
   *
   * @param milliseconds by engine; null where it was left out
   * @param note why
   */
  record Cell(
      String work, int width, int pool, int lists, Map<String, Double> milliseconds, String note) {}

  /** Hears of each new cell. */
  interface Listener {
    void measured(List<Cell> all) throws IOException;
  }

  private final Plan plan;
  private final Listener listener;
  private final long end;
  private final List<Cell> cells = new ArrayList<>();

  GpuBenchmark(Plan plan, Listener listener) {
    this.plan = plan;
    this.listener = listener;
    end = System.nanoTime() + (long) (plan.seconds() * 1e9);
  }

  /** Small widths and pools come first, so that what fits into the time is a whole corner. */
  List<Cell> run() throws IOException {
    for (int pool : plan.pools()) {
      for (int width : plan.widths()) {
        for (String work : List.of("generation", "GRPO step")) {
          measure(work, width, pool);
        }
      }
    }
    return cells;
  }

  private void measure(String work, int width, int pool) throws IOException {
    Map<Engine, String> given = new LinkedHashMap<>(); // up, and why
    for (int lists : plan.lists()) {
      Map<String, Double> milliseconds = new LinkedHashMap<>();
      List<String> notes = new ArrayList<>();
      for (Engine engine : Engine.values()) {
        String why = System.nanoTime() > end ? "out of time" : given.get(engine);
        if (why == null) {
          why = measure(work, engine, new BenchBatch.Size(width, pool, lists), milliseconds);
        }
        if (why != null) {
          given.put(engine, why);
          if (!milliseconds.containsKey(engine.name())) {
            notes.add(engine + " left out: " + why);
          }
        }
      }
      cells.add(new Cell(work, width, pool, lists, milliseconds, String.join("; ", notes)));
      listener.measured(cells);
    }
  }

  /** Puts in the median time; why larger batches are left out, or null. */
  private String measure(
      String work, Engine engine, BenchBatch.Size size, Map<String, Double> into) {
    try (BenchBatch batch = new BenchBatch(engine, size)) {
      double ms = work.equals("generation") ? median(batch::generate) : batch.grpoStep();
      into.put(engine.name(), ms);
      return ms > 1e3 * plan.patience()
          ? "%.0f s at %d lists".formatted(ms / 1e3, size.lists())
          : null;
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      return e.getClass().getSimpleName()
          + ": "
          + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
  }

  /** Of three after a first one; of the first alone where it is slow. */
  private static double median(LongSupplier work) {
    double first = work.getAsLong() / 1e6;
    if (first > 5e3) {
      return first;
    }
    double[] times = new double[3];
    Arrays.setAll(times, i -> work.getAsLong() / 1e6);
    Arrays.sort(times);
    return times[1];
  }
}
