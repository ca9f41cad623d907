package org.eglr.kernel.magic;

import java.util.function.Function;
import org.eglr.kernel.LiveDisplay;
import org.eglr.train.TrainingLog;

/** Runs a training in the foreground with a live display. */
final class Training {

  private Training() {}

  /**
   * Trains.
   *
   * @param variable what the log is called
   * @param run trains with a listener
   */
  static TrainingLog run(Session session, String variable, Function<LiveDisplay, TrainingLog> run) {
    session.declare(variable, TrainingLog.class);
    LiveDisplay display = LiveDisplay.in(session.host());
    try {
      return session.define(variable, run.apply(display));
    } catch (Throwable failure) {
      display.failed();
      throw failure;
    }
  }
}
