package org.eglr.kernel.widget;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Works on values one after the other, in the background. While it works on one, only the last of
 * those that arrive is kept.
 *
 * @param <T> the type of the values
 */
final class Latest<T> {

  /** One thread for all: what is computed for two controls comes one after the other. */
  static final Executor BACKGROUND =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "eglr-what-if");
            thread.setDaemon(true);
            return thread;
          });

  private final Consumer<T> work;
  private final Executor background;
  private T waiting;
  private boolean working;

  /** Work that must not throw. */
  Latest(Consumer<T> work, Executor background) {
    this.work = work;
    this.background = background;
  }

  /** A value to work on, in the place of one that still waits. */
  synchronized void offer(T value) {
    waiting = value;
    if (!working) {
      working = true;
      background.execute(this::workOn);
    }
  }

  private void workOn() {
    boolean[] more = {true};
    while (more[0]) {
      // The value is taken when its turn has come: a cell may have run for long before.
      Turn.take(() -> next().ifPresentOrElse(work, () -> more[0] = false));
    }
  }

  private synchronized Optional<T> next() {
    Optional<T> next = Optional.ofNullable(waiting);
    waiting = null;
    working = next.isPresent();
    return next;
  }
}
