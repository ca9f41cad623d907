package org.eglr.gpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eglr.Engine;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.samediff.Gpu;
import org.eglr.internal.work.Workers;

/**
 * Puts the GPU of this machine to the check: single operations, all graphs, training from start to
 * end, all against the plain-Java engine; then measures both. Arguments: {@code REPORT.json gpu|any
 * full|quick|none SECONDS}: where the report goes; whether another backend than a GPU will do; what
 * is measured and for how long at most.
 *
 * <p>Exit status: 0 if all is right, 1 if not, 2 if there is no usable GPU.
 */
public final class GpuCheck {

  private static final int SEEDS = 2;

  private GpuCheck() {}

  /** Runs all parts. */
  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      System.err.println("usage: GpuCheck REPORT.json gpu|any full|quick|none SECONDS");
      System.exit(2);
    }
    Gpu gpu = Gpu.here();
    if (args[1].equals("gpu") && !gpu.usable()) {
      System.err.println("No GPU is used: " + gpu.found());
      System.err.println("Remedy: " + gpu.remedy());
      System.exit(2);
    }
    System.setProperty(Calls.PROPERTY, "large"); // as on a GPU
    BenchPlan plan = BenchPlan.named(args[2], Double.parseDouble(args[3]));
    System.exit(run(Path.of(args[0]), gpu, plan) ? 0 : 1);
  }

  static boolean run(Path file, Gpu gpu, BenchPlan plan) throws Exception {
    CheckReport report = new CheckReport(file, machine(gpu));
    part(report, "Single operations", () -> new SmokeTest().run());
    part(report, "Graphs: outputs and gradients", () -> GraphParity.run(16, 64, 256));
    part(report, "Graphs: larger pools", () -> GraphParity.ofPools(40, 300, 1000));
    part(report, "Graphs: large batches", () -> scale(gpu).run());
    part(report, "Training from start to end", () -> TrainingParity.run(SEEDS));
    report.benchmark(new GpuBenchmark(plan, GpuCheck.progress(report)).run());
    profile(report, gpu, plan);
    report.finish();
    System.out.println(report.ok() ? "GPU CHECK OK" : "GPU CHECK FAILED");
    return report.ok();
  }

  /** One that fails fails no check. A CPU would take an hour for the mark. */
  private static void profile(CheckReport report, Gpu gpu, BenchPlan plan) throws IOException {
    Optional<BenchBatch.Size> size =
        plan.profiled().filter(s -> gpu.usable() || s.lists() < BenchPlan.MARK_LISTS);
    if (size.isEmpty()) {
      return;
    }
    try (BenchBatch batch = new BenchBatch(Engine.SAMEDIFF, size.get())) {
      report.profile(batch.profile());
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      e.printStackTrace();
    }
  }

  /** As large as the card replays at once; where none computes, as much as proves the check. */
  private static ScaleParity scale(Gpu gpu) {
    return gpu.usable() ? ScaleParity.fitting(512, 4096) : new ScaleParity(32, 128);
  }

  private static GpuBenchmark.Listener progress(CheckReport report) {
    return (cell, engine, all) -> {
      Double ms = cell.milliseconds().get(engine.name());
      System.out.printf(
          Locale.ROOT,
          "  %s, width %d, pool %d, %d lists, %s: %s%n",
          cell.work(),
          cell.width(),
          cell.pool(),
          cell.lists(),
          engine,
          ms == null ? cell.notes().get(engine.name()) : String.format(Locale.ROOT, "%.1f ms", ms));
      report.benchmark(all);
    };
  }

  private static void part(CheckReport report, String name, Callable<List<Check>> work)
      throws IOException {
    long start = System.nanoTime();
    List<Check> checks;
    try {
      checks = work.call();
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      e.printStackTrace();
      checks = List.of(Check.failed(name, e));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long wrong = checks.stream().filter(check -> !check.ok()).count();
    System.out.printf(
        Locale.ROOT,
        "%s: %d of %d right, %.1f s%n",
        name,
        checks.size() - wrong,
        checks.size(),
        seconds);
    checks.stream().filter(check -> !check.ok()).forEach(check -> System.out.println("  " + check));
    report.part(name, seconds, checks);
  }

  private static Map<String, Object> machine(Gpu gpu) {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("gpu", gpu.usable());
    machine.put("card", gpu.found());
    machine.put("backend", Backend.describe());
    machine.put("nd4j", Backend.version());
    machine.put("java", Runtime.version().toString());
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("threads", Workers.shared().size());
    machine.put("kernels", Kernels.best().describe());
    return machine;
  }
}
