package org.eglr.internal;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.eglr.internal.nn.Weights;

/**
 * One engine a worker, made when the worker first needs it and brought up to date when the weights
 * have changed since.
 */
public final class PerWorker<E extends AutoCloseable> implements AutoCloseable {

  private final Supplier<E> make;
  private final BiConsumer<E, Weights> update;
  private final Weights weights;
  private final Object[] engines = new Object[Workers.shared().size()];
  private final int[] versions = new int[engines.length];
  private int version;

  public PerWorker(Weights weights, Supplier<E> make, BiConsumer<E, Weights> update) {
    this.weights = weights;
    this.make = make;
    this.update = update;
  }

  /** Says that the weights have changed. */
  public void weightsChanged() {
    version++;
  }

  /** The engine of a worker; only that worker may ask. */
  @SuppressWarnings("unchecked") // only make fills the array
  public E get(int worker) {
    if (engines[worker] == null) {
      engines[worker] = make.get();
    } else if (versions[worker] != version) {
      update.accept((E) engines[worker], weights);
    }
    versions[worker] = version;
    return (E) engines[worker];
  }

  @Override
  public void close() {
    for (Object engine : engines) {
      if (engine instanceof AutoCloseable open) {
        try {
          open.close();
        } catch (Exception e) {
          throw new IllegalStateException("an engine cannot be closed", e);
        }
      }
    }
  }
}
