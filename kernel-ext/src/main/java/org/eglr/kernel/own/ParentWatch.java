package org.eglr.kernel.own;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Ends a kernel whose server is gone, so that none is left behind with its memory. */
public final class ParentWatch {

  /** Set by Jupyter for the processes that it starts. */
  private static final String PARENT = "JPY_PARENT_PID";

  private static final long INTERVAL_NANOS = 500_000_000;

  private ParentWatch() {}

  /**
   * Runs something when the process that started this one has ended.
   *
   * @param parent its number, as Jupyter tells it in {@code JPY_PARENT_PID}; null or what is no
   *     number watches nothing, and so does the number of a process that cannot be seen from here,
   *     as it may be behind the wall of a container
   * @return whether a process is watched
   */
  public static boolean start(String parent, Runnable ended) {
    Optional<ProcessHandle> process = handle(parent);
    process.ifPresent(found -> watch(found, ended));
    return process.isPresent();
  }

  /**
   * Looks by itself, with nothing allocated: what waits for a process's end elsewhere dies silently
   * in a kernel whose memory a cell has filled.
   */
  private static void watch(ProcessHandle process, Runnable ended) {
    Thread watch =
        new Thread(
            () -> {
              while (process.isAlive()) {
                LockSupport.parkNanos(INTERVAL_NANOS);
              }
              try {
                ended.run();
              } catch (OutOfMemoryError e) {
                Runtime.getRuntime().halt(1);
              }
            },
            "eglr-parent");
    watch.setDaemon(true);
    watch.start();
  }

  /** Ends this process with the one that started it. */
  public static void start() {
    start(System.getenv(PARENT), ParentWatch::exit);
  }

  private static Optional<ProcessHandle> handle(String parent) {
    try {
      return parent == null ? Optional.empty() : ProcessHandle.of(Long.parseLong(parent.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Tidies up as at any exit, but not for long: nobody is there to wait for it. */
  private static void exit() {
    Thread last =
        new Thread(
            () -> {
              try {
                Thread.sleep(5000);
              } catch (InterruptedException e) {
                // Then it is over at once.
              }
              Runtime.getRuntime().halt(1);
            },
            "eglr-exit");
    last.setDaemon(true);
    last.start();
    System.exit(1);
  }
}
