package org.eglr.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.eglr.internal.model.ComputeEngine;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.device.DeviceEngine;
import org.eglr.internal.samediff.device.DeviceWeights;
import org.eglr.internal.work.Workers;

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
  private DeviceWeights present; // where engines look for the weights' values, if not null

  public PerWorker(Weights weights, Supplier<E> make) {
    this.weights = weights;
    this.make = make;
  }

  /** Says that the weights have changed. */
  public void weightsChanged() {
    weightsChanged(null);
  }

  /**
   * Says that the weights have changed on the device, and perhaps only there.
   *
   * @param values of all weights; must stay open as long as engines are asked for
   */
  public void weightsChanged(DeviceWeights values) {
    present = values;
    version++;
  }

  /** The engine of a worker; only that worker may ask. */
  public E get(int worker) {
    E engine = engines.get(worker);
    if (engine == null) {
      engine = make.get();
      engines.set(worker, engine);
    }
    if (versions[worker] != version) {
      update(engine);
      versions[worker] = version;
    }
    return engine;
  }

  private void update(E engine) {
    if (present == null) {
      engine.update(weights);
    } else {
      ((DeviceEngine) engine).update(present); // plain Java trains no weights on a device
    }
  }

  @Override
  public void close() {
    engines.stream().filter(Objects::nonNull).forEach(ComputeEngine::close);
  }
}
