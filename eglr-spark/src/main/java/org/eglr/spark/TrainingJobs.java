package org.eglr.spark;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.eglr.data.DataException;
import org.eglr.internal.learn.Shards;

/** Runs a training's jobs: tasks as bytes, whose results are functions of them and nothing else. */
class TrainingJobs {

  /** Parts of a batch in one of Spark's tasks: a task travels whole, and should stay small. */
  private static final int TOGETHER = 8;

  private final JavaSparkContext context;

  TrainingJobs(JavaSparkContext context) {
    this.context = context;
  }

  JavaSparkContext context() {
    return context;
  }

  /** Cores of all executors, as Spark counts them. */
  int cores() {
    return Math.max(1, context.defaultParallelism());
  }

  /**
   * The tasks' results, in order.
   *
   * @throws IllegalStateException if a task fails as often as Spark lets it
   */
  List<byte[]> run(List<byte[]> tasks, Function<byte[], byte[]> work) {
    int slices = slices(tasks.size(), cores());
    return run(() -> context.parallelize(tasks, slices).map(work).collect());
  }

  /** Spark's tasks for so many of ours: the same number for each core, unless ours are fewer. */
  static int slices(int tasks, int cores) {
    return Math.min(tasks, Shards.count(tasks, TOGETHER * cores) * cores);
  }

  /**
   * What a job gives.
   *
   * @throws DataException if that is why it failed
   * @throws IllegalStateException if it failed otherwise
   */
  static <T> T run(Supplier<T> job) {
    try {
      return job.get();
    } catch (Exception e) { // Spark's own are checked, though undeclared
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof DataException data) {
          throw data;
        }
        if (cause instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
      }
      throw new IllegalStateException("a job of the training failed: " + e.getMessage(), e);
    }
  }
}
