package org.eglr.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Lets one training at a time change what it guards. */
public final class Busy {

  private final String what;
  private final AtomicBoolean training = new AtomicBoolean();

  public Busy(String what) {
    this.what = what;
  }

  /**
   * Trains.
   *
   * @throws IllegalStateException if a training is running, also one that this one is called from
   */
  public <T> T train(Supplier<T> run) {
    if (!training.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the %s is being trained already: wait for that training, or train another model"
              .formatted(what));
    }
    try {
      return run.get();
    } finally {
      training.set(false);
    }
  }
}
