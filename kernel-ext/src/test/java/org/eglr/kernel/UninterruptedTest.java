package org.eglr.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UninterruptedTest {

  @AfterEach
  void clear() {
    Thread.interrupted();
  }

  @Test
  void putsTheFlagAsideAndBack() {
    List<Boolean> seen = new ArrayList<>();
    Thread.currentThread().interrupt();
    Uninterrupted.run(() -> seen.add(Thread.currentThread().isInterrupted()));
    assertEquals(List.of(false), seen);
    assertTrue(Thread.currentThread().isInterrupted());
  }

  @Test
  void keepsTheFlagWhenTheActionFails() {
    Thread.currentThread().interrupt();
    assertThrows(
        IllegalStateException.class,
        () ->
            Uninterrupted.run(
                () -> {
                  throw new IllegalStateException();
                }));
    assertTrue(Thread.currentThread().isInterrupted());
  }

  /** An interrupt in the middle: the action does not feel it, and it is not lost. */
  @Test
  void anInterruptMeanwhileWaitsForTheEnd() {
    Thread caller = Thread.currentThread();
    for (int round = 0; round < 50; round++) {
      boolean felt =
          Uninterrupted.get(
              () -> {
                caller.interrupt();
                try {
                  Thread.sleep(2);
                  return false;
                } catch (InterruptedException e) {
                  return true;
                }
              });
      assertFalse(felt);
      assertTrue(Thread.interrupted(), "the interrupt of round " + round + " is lost");
    }
  }

  /** What an action does to its own thread's flag cannot clear the caller's. */
  @Test
  void anActionThatSwallowsInterruptsTakesNoneAway() {
    Thread caller = Thread.currentThread();
    Uninterrupted.run(
        () -> {
          caller.interrupt();
          Thread.interrupted();
        });
    assertTrue(Thread.interrupted());
  }

  @Test
  void setsNoFlagByItself() {
    Uninterrupted.run(() -> {});
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
