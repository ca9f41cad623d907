package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class QueuedCellsTest {

  private static final Instant FAILED = Instant.parse("2026-01-01T10:00:00.500Z");

  private final QueuedCells cells = new QueuedCells();

  @Test
  void cellsThatWaitedArePassedOver() {
    cells.failed(FAILED);
    assertTrue(cells.isPassedOver("2026-01-01T10:00:00.123456Z", FAILED.plusMillis(20)));
    assertTrue(cells.isPassedOver("2026-01-01T12:00:00.2+02:00", FAILED.plusMillis(900)));
    assertTrue(cells.isPassedOver("2026-01-01T10:00:00Z", FAILED.plusMillis(1800)), "one by one");
  }

  @Test
  void aCellThatIsSentAfterwardsRunsAndSoDoAllLaterOnes() {
    cells.failed(FAILED);
    assertFalse(cells.isPassedOver("2026-01-01T10:00:00.501Z", FAILED.plusMillis(20)));
    assertFalse(cells.isPassedOver("2026-01-01T10:00:00.1Z", FAILED.plusMillis(20)));
  }

  @Test
  void aClockThatIsSlowStopsNothingForLong() {
    cells.failed(FAILED);
    assertFalse(cells.isPassedOver("2026-01-01T09:00:00Z", FAILED.plusSeconds(3)));
  }

  @Test
  void withoutAFailureOrATimeEverythingRuns() {
    assertFalse(cells.isPassedOver("2026-01-01T09:00:00Z", FAILED));
    for (String time : new String[] {null, "", "2026-01-01T09:00:00", "yesterday"}) {
      cells.failed(FAILED);
      assertFalse(cells.isPassedOver(time, FAILED.plusMillis(1)), "" + time);
    }
  }
}
