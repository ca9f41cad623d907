package org.eglr.kernel.own;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;

/**
 * Stops that were asked for, until they are honoured: one that comes while a cell is compiled,
 * between its snippets, or after it was sent and before it began, is as good as any other.
 */
public final class StopRequests {

  /**
   * A cell that was sent before the stop begins so soon after it, or after what kept the kernel;
   * one that comes later is not meant, whatever the clocks say.
   */
  private static final long WAIT_NANOS = Duration.ofSeconds(2).toNanos();

  private final LongSupplier clock;
  private boolean cell;
  private boolean asked;
  private String askedAt;
  private long since;
  private long messageBegan;

  public StopRequests() {
    this(System::nanoTime);
  }

  StopRequests(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * A stop was asked for.
   *
   * @param sent when, by the header of its request; null if it has none
   */
  public synchronized void ask(String sent) {
    asked = true;
    askedAt = sent;
    since = clock.getAsLong();
  }

  /** The kernel begins to handle a message on the channel that cells come by. */
  public synchronized void messageBegins() {
    messageBegan = clock.getAsLong();
  }

  /** It has handled it: a stop of meanwhile is meant for the cell that waited behind it. */
  public synchronized void messageEnds() {
    if (asked && since - messageBegan >= 0) {
      since = clock.getAsLong();
    }
  }

  /**
   * A cell begins.
   *
   * @param sent when its request was sent, in ISO 8601
   */
  public synchronized void cellBegins(String sent) {
    asked &= clock.getAsLong() - since <= WAIT_NANOS && isBefore(sent, askedAt);
    cell = true;
  }

  /** Whether the running cell is to end. */
  public synchronized boolean isStopped() {
    return cell && asked;
  }

  /** The stop has ended a cell. */
  public synchronized void honoured() {
    asked = false;
  }

  public synchronized void cellEnds() {
    cell = false;
  }

  private static boolean isBefore(String sent, String stop) {
    try {
      return !instant(sent).isAfter(instant(stop));
    } catch (DateTimeException | NullPointerException e) {
      return false;
    }
  }

  private static Instant instant(String date) {
    return OffsetDateTime.parse(date).toInstant();
  }
}
