package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StopRequestsTest {

  private static final String FIRST = "2026-01-02T03:04:05.100000Z";
  private static final String SECOND = "2026-01-02T03:04:05.120000Z";

  private long millis = 1000;
  private final StopRequests stops = new StopRequests(() -> millis * 1_000_000);

  @Test
  void aStopIsThereUntilItIsHonoured() {
    stops.cellBegins(FIRST);
    assertFalse(stops.isStopped());
    stops.ask(SECOND);
    millis += 60_000; // a long compilation
    assertTrue(stops.isStopped());
    stops.honoured();
    assertFalse(stops.isStopped());
  }

  @Test
  void aCellThatWasSentBeforeTheStopIsMeantThoughItBeginsAfterIt() {
    stops.ask(SECOND);
    millis += 60;
    stops.cellBegins(FIRST);
    assertTrue(stops.isStopped());
  }

  @Test
  void aCellThatIsSentLaterIsNotMeant() {
    stops.ask(FIRST);
    millis += 60;
    stops.cellBegins(SECOND);
    assertFalse(stops.isStopped());
  }

  @Test
  void norOneThatBeginsMuchLaterWhateverTheClocksSay() {
    stops.ask(SECOND);
    millis += 2001;
    stops.cellBegins(FIRST);
    assertFalse(stops.isStopped());
  }

  @Test
  void whatKeptTheKernelMeanwhileDoesNotCount() {
    stops.messageBegins();
    millis += 100;
    stops.ask(SECOND);
    millis += 5000; // a long completion
    stops.messageEnds();
    millis += 60;
    stops.cellBegins(FIRST);
    assertTrue(stops.isStopped());
  }

  @Test
  void withoutReadableTimesNoCellIsStoppedBeforeItBegins() {
    stops.ask(null);
    stops.cellBegins("yesterday");
    assertFalse(stops.isStopped());
  }

  @Test
  void betweenCellsNothingIsStopped() {
    stops.cellBegins(FIRST);
    stops.cellEnds();
    stops.ask(SECOND);
    assertFalse(stops.isStopped(), "start-up scripts and the like");
  }
}
