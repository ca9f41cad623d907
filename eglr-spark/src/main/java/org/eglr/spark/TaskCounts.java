package org.eglr.spark;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.eglr.Progress;
import scala.jdk.javaapi.CollectionConverters;

/** Counts the tasks of the jobs that one piece of work begins. */
final class TaskCounts extends SparkListener {

  /** The local property by which jobs name the work that began them. */
  static final String WORK = "eglr.work";

  /** Spark tells of a job a little after it has happened; it is not waited for longer. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final String work;
  private final Progress progress;
  private final Map<Integer, Integer> jobOf = new HashMap<>(); // by stage
  private final Map<Integer, Set<Integer>> done = new HashMap<>(); // partitions by stage
  private final Map<Integer, Integer> tasks = new HashMap<>(); // by stage
  private final Set<Integer> running = new HashSet<>();
  private int jobs;

  TaskCounts(String work, Progress progress) {
    this.work = work;
    this.progress = progress;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    if (start.properties() == null || !work.equals(start.properties().getProperty(WORK))) {
      return;
    }
    jobs++;
    running.add(start.jobId());
    for (var stage : CollectionConverters.asJava(start.stageInfos())) {
      if (tasks.putIfAbsent(stage.stageId(), stage.numTasks()) == null) {
        jobOf.put(stage.stageId(), start.jobId());
      }
    }
    tell();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    // A task that is tried again, or twice at once, counts once.
    if (tasks.containsKey(end.stageId()) && end.reason() == Success$.MODULE$) {
      done.computeIfAbsent(end.stageId(), stage -> new HashSet<>())
          .add(end.taskInfo().partitionId());
      tell();
    }
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    if (running.remove(end.jobId())) {
      // Stages whose results are there already are skipped: they have no tasks.
      tasks.keySet().removeIf(s -> jobOf.get(s) == end.jobId() && !done.containsKey(s));
      notifyAll();
    }
  }

  private void tell() {
    int all = all();
    double share = all == 0 ? 0 : Math.min(0.99, (double) done() / all);
    progress.at(share, Double.NaN, text());
  }

  /** What was done, once all jobs that have begun are heard of to their end. */
  synchronized String whenHeard() {
    long until = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!running.isEmpty()) {
      long left = until - System.currentTimeMillis();
      if (left <= 0) {
        break;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return text();
  }

  private String text() {
    return String.format(Locale.ROOT, "job %d: %d of %d tasks", jobs, done(), all());
  }

  private int done() {
    return done.values().stream().mapToInt(Set::size).sum();
  }

  private int all() {
    return tasks.values().stream().mapToInt(Integer::intValue).sum();
  }
}
