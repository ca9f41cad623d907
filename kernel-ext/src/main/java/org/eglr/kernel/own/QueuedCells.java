package org.eglr.kernel.own;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Which cells are not run because a cell before them failed or was stopped: those that were waiting
 * at that time, as in "run all". A cell that is sent afterwards is run.
 */
public final class QueuedCells {

  /**
   * Waiting cells come one right after the other; a later one is not of them, whatever its clock.
   */
  private static final Duration GAP = Duration.ofSeconds(1);

  private Instant failed;
  private Instant last;

  /** A cell whose request asks for it failed. */
  public synchronized void failed(Instant now) {
    failed = now;
    last = now;
  }

  /**
   * Whether a cell is to be passed over.
   *
   * @param sent when its request was sent, in ISO 8601; without a time zone or otherwise unreadable
   *     times do not count
   */
  public synchronized boolean isPassedOver(String sent, Instant now) {
    if (failed == null) {
      return false;
    }
    if (Duration.between(last, now).compareTo(GAP) > 0 || !isBefore(sent, failed)) {
      failed = null;
      return false;
    }
    last = now;
    return true;
  }

  private static boolean isBefore(String sent, Instant time) {
    try {
      return OffsetDateTime.parse(sent).toInstant().isBefore(time);
    } catch (DateTimeException | NullPointerException e) {
      return false;
    }
  }
}
