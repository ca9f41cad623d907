package org.eglr.spark;

import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.eglr.Progress;

/**
 * Tells how far the jobs of some work are, by the tasks that are done.
 *
 * <pre>{@code
 * long rows = JobProgress.during(spark, LiveProgress.here(), () -> ranked.count()); // a bar in the cell
 * }</pre>
 *
 * <p>Of a job all tasks are known from its beginning, of work not all jobs: Spark begins the next
 * one where the results of the last decide what it is. The share is that of the tasks known so far,
 * so that it may fall.
 */
public final class JobProgress {

  private JobProgress() {}

  /**
   * Does work on this thread, and tells of the jobs that it begins, not of those of other threads.
   * At the end, and only then, the share is 1.
   *
   * @param progress is called on a thread of Spark's, at the end on this one
   * @param work whose jobs are told of, usually an action such as {@code count} or a write
   */
  public static <T> T during(SparkSession spark, Progress progress, Supplier<T> work) {
    SparkContext context = spark.sparkContext();
    String id = UUID.randomUUID().toString();
    String before = context.getLocalProperty(TaskCounts.WORK);
    TaskCounts counts = new TaskCounts(id, progress);
    context.addSparkListener(counts);
    context.setLocalProperty(TaskCounts.WORK, id);
    long begun = System.nanoTime();
    try {
      T result = work.get();
      double seconds = (System.nanoTime() - begun) / 1e9;
      String said = String.format(Locale.ROOT, "%s, %.1f s", counts.whenHeard(), seconds);
      progress.at(1, Double.NaN, said);
      return result;
    } finally {
      context.setLocalProperty(TaskCounts.WORK, before);
      context.removeSparkListener(counts);
    }
  }
}
