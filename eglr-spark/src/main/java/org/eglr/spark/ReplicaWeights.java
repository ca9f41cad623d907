package org.eglr.spark;

import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;

/**
 * Weights of an executor that follow those of the driver from step to step, so that what computes
 * with them keeps its memory. Tasks of one step compute at the same time; one of another step, such
 * as a late second attempt, waits and then has its own values.
 */
final class ReplicaWeights {

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Weights weights;
  private String present = ""; // whose values these are

  /**
   * @param like parameters of the same names and shapes as those that are sent
   */
  ReplicaWeights(List<Tensor> like) {
    weights = new Weights(like).zeros();
  }

  /** What engines read. */
  Weights weights() {
    return weights;
  }

  /**
   * Computes with the values that were sent.
   *
   * @param changed tells engines that the values are new
   */
  <T> T with(SentWeights sent, Runnable changed, Supplier<T> work) {
    while (true) {
      lock.readLock().lock();
      try {
        if (present.equals(sent.key())) {
          return work.get();
        }
      } finally {
        lock.readLock().unlock();
      }
      lock.writeLock().lock();
      try {
        if (!present.equals(sent.key())) {
          sent.into(weights);
          changed.run();
          present = sent.key();
        }
      } finally {
        lock.writeLock().unlock();
      }
    }
  }
}
