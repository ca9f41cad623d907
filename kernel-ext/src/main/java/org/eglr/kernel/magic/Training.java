package org.eglr.kernel.magic;

import java.util.function.Function;
import org.eglr.kernel.LiveDisplay;
import org.eglr.train.TrainingLog;
import picocli.CommandLine.Option;

/** A training in the foreground, with a live display, whose log becomes a variable. */
final class Training {

  @Option(names = "--as", paramLabel = "NAME", description = "variable for the log")
  private String as;

  /**
   * A training.
   *
   * @param usual what its log is called where a line does not say otherwise
   */
  Training(String usual) {
    as = usual;
  }

  /**
   * Trains.
   *
   * @param run trains with a listener
   */
  TrainingLog run(Session session, Function<LiveDisplay, TrainingLog> run) {
    session.declare(as, TrainingLog.class);
    LiveDisplay display = LiveDisplay.in(session.host());
    try {
      return session.define(as, run.apply(display));
    } catch (Throwable failure) {
      display.failed();
      throw failure;
    }
  }
}
