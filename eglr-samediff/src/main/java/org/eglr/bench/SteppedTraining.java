package org.eglr.bench;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingStep;

/** A training run that halts between steps, so that each can be timed when its turn comes. */
final class SteppedTraining implements AutoCloseable {

  private final Semaphore turns = new Semaphore(0);
  private final BlockingQueue<Result> results = new ArrayBlockingQueue<>(1);
  private final Thread thread;

  /** When a step ended, or why there are no more. */
  private record Result(long end, Throwable failure) {}

  /**
   * @param run trains with the listener until it is interrupted
   */
  SteppedTraining(String name, Consumer<TrainingListener> run) {
    thread = new Thread(() -> train(run), name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Nanoseconds of each of the next steps. */
  long[] time(int steps) throws InterruptedException {
    long[] times = new long[steps];
    for (int i = 0; i < steps; i++) {
      long start = System.nanoTime();
      turns.release();
      Result result = results.take();
      if (result.failure() != null) {
        results.put(result); // for the next who asks
        throw new IllegalStateException(
            thread.getName() + ": " + result.failure().getMessage(), result.failure());
      }
      times[i] = result.end() - start;
    }
    return times;
  }

  /** Ends the run between two steps. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void train(Consumer<TrainingListener> run) {
    Throwable failure;
    try {
      turns.acquire();
      run.accept(
          new TrainingListener() {
            @Override
            public void onStep(TrainingStep step) {
              halt();
            }
          });
      failure = new IllegalStateException("the run has ended");
    } catch (InterruptedException e) {
      return; // closed before its first step
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    results.offer(new Result(0, failure));
  }

  private void halt() {
    try {
      results.put(new Result(System.nanoTime(), null));
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the run notices and ends in good order
    }
  }
}
