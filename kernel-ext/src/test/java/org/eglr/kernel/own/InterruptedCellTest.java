package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InterruptedCellTest {

  private long waited;
  private boolean trains;

  @Test
  void codeThatEndsAtOnce() {
    assertEquals("Interrupted.", message(300, false));
    assertTrue(waited <= 1000, "the notebook hears of it within a second");
    assertEquals("Interrupted.", message(300, true));
  }

  @Test
  void codeThatDoesNotHeedIt() {
    String said = message(2000, false);
    assertTrue(said.contains("runs on in the background until its end; restarting"), said);
    assertTrue(waited <= 1000, "nobody knows how long it would take");
  }

  @Test
  void aCommandOfOursMayTakeLongerAndNobodyIsToRestart() {
    assertEquals("Interrupted.", message(3000, true));
    String said = message(60_000, true);
    assertTrue(said.contains("a training keeps its weights"), said);
    assertFalse(said.contains("restart"), said);
    assertTrue(waited <= 5000, "it is not waited for forever");
  }

  @Test
  void aTrainingThatACellCalledByItselfEndsInGoodOrderToo() {
    trains = true;
    assertEquals("Interrupted.", message(3000, false));
    String said = message(60_000, false);
    assertTrue(said.contains("the training is still tidying up and will end by itself"), said);
    assertFalse(said.contains("restart") || said.contains("%eglr"), said);
  }

  /** What is said of code that needs so many milliseconds to end. */
  private String message(long needed, boolean ours) {
    waited = 0;
    return InterruptedCell.message(
        millis -> {
          waited += millis;
          return waited >= needed;
        },
        () -> ours,
        () -> trains);
  }
}
