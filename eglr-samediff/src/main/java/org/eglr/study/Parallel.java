package org.eglr.study;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tasks, several at a time where that is faster. */
final class Parallel {

  /** Wider models keep all cores busy by themselves; the steps of graphs are of one part each. */
  static final int NARROW = 32;

  private final boolean several;
  private final List<Callable<?>> tasks = new ArrayList<>();

  /**
   * @param several whether as many as there are cores run at a time; otherwise one
   */
  Parallel(boolean several) {
    this.several = several;
  }

  void add(Callable<?> task) {
    tasks.add(task);
  }

  /** Runs all; the first failure ends it. */
  void run() {
    ExecutorService pool =
        Executors.newFixedThreadPool(several ? Runtime.getRuntime().availableProcessors() : 1);
    try {
      List<Future<?>> started = new ArrayList<>();
      for (Callable<?> task : tasks) {
        started.add(pool.submit(task));
      }
      for (Future<?> each : started) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.util.concurrent.CancellationException("the experiment was stopped");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
