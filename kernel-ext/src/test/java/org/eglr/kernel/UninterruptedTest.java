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

  @Test
  void setsNoFlagByItself() {
    Uninterrupted.run(() -> {});
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
