package org.eglr.spark.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What this JVM uses from the making of this on: time, all its threads' CPU time, heap. */
final class Meter {

  /**
   * @param mostBytes the most heap that was in use right after a collection; after one of the young
   *     generation alone, objects that are passing through count
   * @param lastBytes heap in use after a collection of everything at the end
   */
  record Reading(double seconds, double cpuSeconds, long mostBytes, long lastBytes) {}

  private static final double NANOS = 1e9;

  private final long start = System.nanoTime();
  private final long cpu = cpuNanos();
  private final AtomicLong most = new AtomicLong();
  private final ScheduledExecutorService sampling =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "meter");
            thread.setDaemon(true);
            return thread;
          });

  Meter() {
    sampling.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
  }

  private void sample() {
    most.accumulateAndGet(inUse(), Math::max);
  }

  private static long inUse() {
    long sum = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      sum += usage == null ? 0 : usage.getUsed();
    }
    return sum;
  }

  Reading stop() {
    double seconds = (System.nanoTime() - start) / NANOS;
    double cpuSeconds = (cpuNanos() - cpu) / NANOS;
    System.gc(); // there may have been none so far
    sample();
    sampling.shutdownNow();
    return new Reading(seconds, cpuSeconds, most.get(), inUse());
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
