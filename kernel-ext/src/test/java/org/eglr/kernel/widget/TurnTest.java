package org.eglr.kernel.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnTest {

  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void end() {
    Turn.end();
  }

  @Test
  void aComputationWaitsForTheCellAndTakesTheValueThatIsLastThen() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    Latest<String> latest =
        new Latest<>(
            order::add,
            task -> {
              threads.add(new Thread(task));
              threads.get(0).start();
            });
    Turn.begin();
    latest.offer("first");
    latest.offer("second");
    order.add("cell");
    Turn.end();
    threads.get(0).join();
    assertEquals(List.of("cell", "second"), order);
  }

  @Test
  void anInterruptReachesTheComputationAndLeavesNothingBehind() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    boolean[] after = new boolean[1];
    Thread thread =
        new Thread(
            () -> {
              Turn.take(
                  () -> {
                    running.countDown();
                    try {
                      new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                      order.add("interrupted");
                      Thread.currentThread().interrupt();
                    }
                  });
              after[0] = Thread.currentThread().isInterrupted();
            });
    thread.start();
    running.await();
    Turn.interrupt();
    thread.join();
    assertEquals(List.of("interrupted"), order);
    assertFalse(after[0]);
    Turn.interrupt();
    assertTrue(!Thread.currentThread().isInterrupted(), "nothing computes: nobody is interrupted");
  }

  @Test
  void whoHasNotBegunCanEnd() {
    Turn.end();
    Turn.begin();
    Turn.begin();
    Turn.end();
    Turn.take(() -> order.add("free"));
    assertEquals(List.of("free"), order);
  }
}
