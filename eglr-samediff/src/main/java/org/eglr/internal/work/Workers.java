package org.eglr.internal.work;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eglr.internal.check.Setting;

/**
 * The threads that all heavy work runs on. Each worker owns graphs of its own, and ND4J itself runs
 * single-threaded in each (OMP_NUM_THREADS=1): for small matrices its barriers cost more than they
 * bring. Work is cut into tasks whose number does not depend on the number of threads, and results
 * come back in task order, so neither do the numbers.
 */
public final class Workers {

  /** System property that sets the number of threads; default: one a processor. */
  public static final String PROPERTY = "eglr.threads";

  private static Workers shared;
  private static final ThreadLocal<Boolean> HERE = ThreadLocal.withInitial(() -> false);

  private final int size;
  private final boolean apart;
  private final ExecutorService threads;

  /**
   * @param apart whether even a single task runs on a thread of these
   */
  private Workers(int size, boolean apart) {
    this.size = size;
    this.apart = apart;
    AtomicInteger count = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            size,
            task -> {
              Thread thread = new Thread(task, "eglr-worker-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The workers of this JVM. */
  public static synchronized Workers shared() {
    if (shared == null) {
      int processors = Runtime.getRuntime().availableProcessors();
      String wanted = System.getProperty(PROPERTY, String.valueOf(processors));
      boolean number = wanted.matches("\\d{1,4}");
      Setting.require(number, PROPERTY, wanted, "a number, 1 to 1024");
      int size = Integer.parseInt(wanted);
      Setting.require(size >= 1 && size <= 1024, PROPERTY, size, "1 to 1024");
      shared = new Workers(size, false);
    }
    return shared;
  }

  /**
   * A single worker beside the shared ones. All its tasks run on the same thread: ND4J gives each
   * thread a stream of its own on a GPU, and streams do not wait for each other.
   */
  public static Workers one() {
    return new Workers(1, true);
  }

  /** Replaces the shared workers; for tests of independence from the number of threads. */
  public static synchronized void resize(int size) {
    if (shared != null) {
      shared.threads.shutdown();
    }
    shared = new Workers(size, false);
  }

  /**
   * Does work whose tasks for the shared workers all run on the calling thread instead, in their
   * order: for a caller that is itself one of as many as there are cores. The numbers are the same.
   */
  public static <T> T here(Supplier<T> work) {
    boolean before = HERE.get();
    HERE.set(true);
    try {
      return work.get();
    } finally {
      HERE.set(before);
    }
  }

  public int size() {
    return size;
  }

  /** A task of index {@code task}, run by worker {@code worker}. */
  @FunctionalInterface
  public interface Task<T> {
    T run(int worker, int task);
  }

  /**
   * Runs tasks 0 to count - 1 and returns their results in that order. A worker runs one task at a
   * time, so what belongs to a worker's index needs no lock. An exception of a task is thrown here.
   * A single task of shared workers runs on the calling thread: handing it over takes longer than a
   * short list.
   */
  public <T> List<T> map(int count, Task<T> task) {
    if (!apart && (count == 1 || HERE.get())) {
      List<T> done = new ArrayList<>(count);
      for (int t = 0; t < count; t++) {
        done.add(task.run(0, t));
      }
      return done;
    }
    List<T> results = new ArrayList<>(Collections.nCopies(count, null));
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int w = 0; w < Math.min(size, count); w++) {
      int worker = w;
      running.add(
          threads.submit(
              () -> {
                for (int t = next.getAndIncrement(); t < count; t = next.getAndIncrement()) {
                  results.set(t, task.run(worker, t));
                }
              }));
    }
    await(running);
    return results;
  }

  /** Waits for all, even when interrupted, so that nothing still runs when this returns. */
  private static void await(List<Future<?>> running) {
    boolean interrupted = false;
    Throwable failure = null;
    for (Future<?> future : running) {
      boolean done = false;
      while (!done) {
        try {
          future.get();
          done = true;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          failure = e.getCause();
          done = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
