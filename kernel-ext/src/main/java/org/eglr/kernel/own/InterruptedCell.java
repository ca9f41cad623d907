package org.eglr.kernel.own;

import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/** What a notebook says of a cell that was stopped. */
public final class InterruptedCell {

  /** How long an interrupted cell may take to tidy up before the front end hears of its end. */
  static final long TIDY_MILLIS = 900;

  /** How much longer for our commands, which end by themselves, on a busy machine later. */
  static final long COMMAND_MILLIS = 4000;

  private InterruptedCell() {}

  /**
   * Waits for the cell's end and says how it ended.
   *
   * @param awaitEnd waits at most so many milliseconds; whether the cell's code has ended
   * @param commandRuns whether the code is in one of our commands
   * @param trains whether the code is in a training of ours that it called by itself
   */
  public static String message(
      LongPredicate awaitEnd, BooleanSupplier commandRuns, BooleanSupplier trains) {
    if (awaitEnd.test(TIDY_MILLIS)) {
      return "Interrupted.";
    }
    boolean command = commandRuns.getAsBoolean();
    if (!command && !trains.getAsBoolean()) {
      return "Interrupted, but the cell's code does not heed it and runs on in the background until"
          + " its end; restarting the kernel ends it now.";
    }
    if (awaitEnd.test(COMMAND_MILLIS)) {
      return "Interrupted.";
    }
    return "Interrupted; %s is still tidying up and will end by itself: a training keeps its weights.%s"
        .formatted(
            command ? "%eglr" : "the training", command ? " The next %eglr waits for it." : "");
  }
}
