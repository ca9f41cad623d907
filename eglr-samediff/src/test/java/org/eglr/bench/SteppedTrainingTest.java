package org.eglr.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eglr.train.TrainingStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SteppedTrainingTest {

  private static final TrainingStep STEP = new TrainingStep(1, 1, 0, Map.of(), Optional.empty());

  @Test
  void takesAsManyStepsAsAsked() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    SteppedTraining training =
        new SteppedTraining(
            "run",
            listener -> {
              while (!Thread.interrupted()) {
                begun.incrementAndGet();
                listener.onStep(STEP);
              }
              ended.incrementAndGet();
            });
    assertEquals(0, begun.get());
    assertEquals(3, training.time(3).length);
    assertEquals(3, begun.get());
    assertEquals(2, training.time(2).length);
    assertEquals(5, begun.get());
    training.close();
    assertEquals(1, ended.get()); // interrupted in good order
  }

  @Test
  void aRunThatWasNeverAskedCloses() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    new SteppedTraining("run", listener -> begun.incrementAndGet()).close();
    assertEquals(0, begun.get());
  }

  @Test
  void aFailureIsToldToWhoeverWaits() throws InterruptedException {
    try (SteppedTraining training =
        new SteppedTraining(
            "GRPO",
            listener -> {
              listener.onStep(STEP);
              throw new IllegalStateException("the gradient is not finite");
            })) {
      training.time(1);
      for (int again = 0; again < 2; again++) {
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> training.time(1));
        assertTrue(e.getMessage().contains("GRPO: the gradient is not finite"), e.getMessage());
      }
    }
  }

  @Test
  void aRunThatEndsByItselfSaysSo() throws InterruptedException {
    try (SteppedTraining training = new SteppedTraining("run", listener -> listener.onStep(STEP))) {
      training.time(1);
      assertTrue(
          assertThrows(IllegalStateException.class, () -> training.time(1))
              .getMessage()
              .contains("has ended"));
    }
  }
}
