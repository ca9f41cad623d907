package org.eglr.kernel.own;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The threads that run cells. After an interrupt JJava gives a cell up while its code still runs.
 */
public final class CellThreads {

  private static final String CELL = "REPL.$JShell$";
  private static final String EXECUTOR = "jjava-exec-";
  private static final String TRAINING = "org.eglr.internal.learn.TrainingLoop";

  /**
   * Code of a cell that runs. Threads are used again, for which the snippet's class tells one code
   * from the next.
   */
  public record Code(Thread thread, String snippet) {

    /** Whether it is in a training of ours, which ends in good order when it is interrupted. */
    boolean trains(StackTraceElement[] stack) {
      return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().startsWith(TRAINING));
    }
  }

  private CellThreads() {}

  /**
   * A thread for what may come to a cell's code while no cell runs, not started.
   *
   * @param stackBytes 0: as usual
   */
  static Thread aside(Runnable call, long stackBytes) {
    Thread thread = new Thread(null, call, EXECUTOR + "aside", stackBytes);
    thread.setDaemon(true);
    return thread;
  }

  /** Whether the calling thread runs a cell's code. */
  public static boolean isOne() {
    return Thread.currentThread().getName().startsWith(EXECUTOR);
  }

  /** The code of cells that runs now, but for the calling thread's. */
  public static List<Code> running() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey() != Thread.currentThread())
        .filter(thread -> thread.getKey().getName().startsWith(EXECUTOR))
        .flatMap(thread -> code(thread.getKey(), thread.getValue()))
        .toList();
  }

  /**
   * Waits until no cell's code runs.
   *
   * @param millis at most
   * @param others code that is not waited for
   * @return whether none runs any more
   */
  public static boolean awaitEnd(long millis, Set<Code> others) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!others.containsAll(running())) {
      if (System.nanoTime() >= end) {
        return false;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Whether some of it, but for the others, is in a training of ours. */
  public static boolean anyTrains(Set<Code> others) {
    return running().stream()
        .filter(code -> !others.contains(code))
        .anyMatch(code -> code.trains(code.thread().getStackTrace()));
  }

  /**
   * Interrupts those of the given that are in a training of ours: a training that ends clears the
   * thread's flag, and in a loop over seeds the next would begin.
   *
   * @return those that still run
   */
  static List<Code> interruptTrainings(List<Code> stopped) {
    List<Code> left = running().stream().filter(stopped::contains).toList();
    for (Code code : left) {
      StackTraceElement[] stack = code.thread().getStackTrace();
      if (code.trains(stack) && code(code.thread(), stack).anyMatch(code::equals)) {
        code.thread().interrupt();
      }
    }
    return left;
  }

  private static Stream<Code> code(Thread thread, StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .map(StackTraceElement::getClassName)
        .filter(name -> name.startsWith(CELL))
        .reduce((above, below) -> below)
        .map(name -> new Code(thread, name))
        .stream();
  }
}
