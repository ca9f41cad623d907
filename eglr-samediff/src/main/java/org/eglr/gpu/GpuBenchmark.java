package org.eglr.gpu;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eglr.Engine;

/**
 * GRPO steps and generation by both engines over batch sizes, model widths and pool sizes. Each row
 * of the table has a share of the time, half of it at most for the graphs: batches grow as long as
 * the next one is expected to end within it.
 */
final class GpuBenchmark {

  /** Hears of each attempt. */
  interface Listener {

    /**
     * @param cell the place, with the time or the reason why there is none
     * @param all the table so far
     */
    void tried(BenchCell cell, Engine engine, List<BenchCell> all) throws IOException;
  }

  private final BenchPlan plan;
  private final Listener listener;
  private final long begin = System.nanoTime();
  private final List<BenchCell> table = new ArrayList<>();

  GpuBenchmark(BenchPlan plan, Listener listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /** The table, rows in the plan's order, batches growing. */
  List<BenchCell> run() throws IOException {
    List<BenchPlan.Row> rows = plan.rows();
    for (int r = 0; r < rows.size(); r++) {
      BenchPlan.Row row = rows.get(r);
      List<BenchCell> cells = new ArrayList<>();
      for (int lists : plan.lists()) {
        cells.add(BenchCell.empty(row, lists));
      }
      table.addAll(cells);
      double now = elapsed();
      double share = plan.share(row, rows.size() - r, now);
      measure(cells, Engine.SAMEDIFF, now + share / 2);
      measure(cells, Engine.JAVA, now + share);
    }
    return table;
  }

  private void measure(List<BenchCell> row, Engine engine, double until) throws IOException {
    Extrapolation expected = new Extrapolation();
    String failed = null; // larger batches would, too
    for (BenchCell cell : row) {
      double now = elapsed();
      // On the device the mark itself may take what other rows have.
      boolean atMark = engine == Engine.SAMEDIFF && BenchPlan.isMark(cell);
      if (failed != null) {
        cell.notes().put(engine.name(), failed);
      } else if (late(now, expected.at(cell.lists()), atMark ? plan.seconds() : until)) {
        cell.notes().put(engine.name(), BenchCell.LATE);
      } else {
        failed = measure(cell, engine);
        expected.add(cell.lists(), elapsed() - now);
        listener.tried(cell, engine, table);
      }
    }
  }

  /** Whether there is no time; the smallest batch is tried even where its row comes late. */
  private boolean late(double now, double expected, double until) {
    return now >= plan.seconds() || (expected > 0 && now + expected > until);
  }

  /** Puts in the time, or why there is none, which is the answer then. */
  private static String measure(BenchCell cell, Engine engine) {
    BenchBatch.Size size = new BenchBatch.Size(cell.width(), cell.pool(), cell.lists());
    try (BenchBatch batch = new BenchBatch(engine, size)) {
      boolean training = cell.work().equals(BenchPlan.GRPO_STEP);
      cell.milliseconds().put(engine.name(), training ? batch.grpoStep() : batch.generation());
      return null;
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      String note = "failed: " + e.getClass().getSimpleName() + ": " + said;
      cell.notes().put(engine.name(), note);
      return note;
    }
  }

  private double elapsed() {
    return (System.nanoTime() - begin) / 1e9;
  }
}
