package org.eglr.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eglr.internal.model.ComputeEngine;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.device.DeviceEngine;
import org.eglr.internal.samediff.device.DeviceWeights;

/**
 * Engines that compute with the same weights: whoever computes has one for himself meanwhile. They
 * are made when all others are in use, and brought up to date when the weights have changed since.
 * For any number of threads; only one at a time may say that weights change, and none may compute
 * then.
 */
public final class EnginePool<E extends ComputeEngine> implements AutoCloseable {

  /** Engines that wait for the next caller; those of a rush are let go after it. */
  private static final int KEPT = 32;

  private final Weights weights;
  private final Supplier<E> make;
  private final Semaphore places; // null: any number at once
  private final Deque<Held<E>> idle = new ArrayDeque<>(); // the last one used is in the cache
  private boolean closed;
  private volatile int version;
  private volatile DeviceWeights present; // where engines look for the values, if not null

  /** An engine and the version of the weights that it has. */
  private static final class Held<E> {
    final E engine;
    int version;

    Held(E engine) {
      this.engine = engine;
    }
  }

  /**
   * @param most engines that compute at once, further callers wait; 0: any number
   * @param make an engine with the weights' present values
   */
  public EnginePool(Weights weights, int most, Supplier<E> make) {
    this.weights = weights;
    this.make = make;
    places = most == 0 ? null : new Semaphore(most);
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

  /**
   * Computes with an engine that no other thread has meanwhile. An engine that failed is not used
   * again.
   */
  public <T> T use(Function<? super E, T> work) {
    if (places == null) {
      return withOne(work);
    }
    places.acquireUninterruptibly();
    try {
      return withOne(work);
    } finally {
      places.release();
    }
  }

  private <T> T withOne(Function<? super E, T> work) {
    Held<E> held = take();
    boolean whole = false;
    try {
      update(held);
      T result = work.apply(held.engine);
      whole = true;
      return result;
    } finally {
      if (!whole || !keeps(held)) {
        held.engine.close();
      }
    }
  }

  private Held<E> take() {
    synchronized (idle) {
      Held<E> last = idle.pollFirst();
      if (last != null) {
        return last;
      }
    }
    return new Held<>(make.get());
  }

  private boolean keeps(Held<E> held) {
    synchronized (idle) {
      if (closed || idle.size() == KEPT) {
        return false;
      }
      idle.addFirst(held);
      return true;
    }
  }

  private void update(Held<E> held) {
    if (held.version == version) {
      return;
    }
    held.version = version;
    if (present == null) {
      held.engine.update(weights);
    } else {
      ((DeviceEngine) held.engine).update(present); // plain Java trains no weights on a device
    }
  }

  /** Engines that wait for a caller. */
  int waiting() {
    synchronized (idle) {
      return idle.size();
    }
  }

  /** Closes the engines; those that still compute afterwards. */
  @Override
  public void close() {
    List<Held<E>> all;
    synchronized (idle) {
      closed = true;
      all = new ArrayList<>(idle);
      idle.clear();
    }
    all.forEach(held -> held.engine.close());
  }
}
