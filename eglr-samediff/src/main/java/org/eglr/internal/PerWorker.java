package org.eglr.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.eglr.internal.nn.ComputeEngine;
import org.eglr.internal.nn.Weights;

/**
 * One engine a worker, made when the worker first needs it and brought up to date when the weights
 * have changed since.
 */
public final class PerWorker<E extends ComputeEngine> implements AutoCloseable {

  private final Supplier<E> make;
  private final Weights weights;
  private final List<E> engines =
      new ArrayList<>(Collections.nCopies(Workers.shared().size(), null));
  private final int[] versions = new int[engines.size()];
  private int version;

  public PerWorker(Weights weights, Supplier<E> make) {
    this.weights = weights;
    this.make = make;
  }

  /** Says that the weights have changed. */
  public void weightsChanged() {
    version++;
  }

  /** The engine of a worker; only that worker may ask. */
  public E get(int worker) {
    E engine = engines.get(worker);
    if (engine == null) {
      engine = make.get();
      engines.set(worker, engine);
    } else if (versions[worker] != version) {
      engine.update(weights);
    }
    versions[worker] = version;
    return engine;
  }

  @Override
  public void close() {
    engines.stream().filter(Objects::nonNull).forEach(ComputeEngine::close);
  }
}
