package org.eglr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.eglr.internal.work.Workers;
import org.junit.jupiter.api.Test;

/** Work that a caller keeps on its own thread. */
class WorkersHereTest {

  private static List<Thread> threads() {
    return Workers.shared().map(8, (worker, task) -> Thread.currentThread());
  }

  @Test
  void tasksRunOnTheCallersThreadInTheirOrder() {
    List<Integer> order = new ArrayList<>();
    List<Thread> threads =
        Workers.here(
            () ->
                Workers.shared()
                    .map(
                        5,
                        (worker, task) -> {
                          order.add(task);
                          return Thread.currentThread();
                        }));
    assertEquals(Set.of(Thread.currentThread()), Set.copyOf(threads));
    assertEquals(IntStream.range(0, 5).boxed().toList(), order);
    assertTrue(threads().stream().noneMatch(Thread.currentThread()::equals), "until it returns");
  }

  @Test
  void anExceptionEndsIt() {
    assertThrows(
        IllegalStateException.class,
        () ->
            Workers.here(
                () ->
                    Workers.shared()
                        .map(
                            2,
                            (worker, task) -> {
                              throw new IllegalStateException("a task that fails");
                            })));
    assertTrue(threads().stream().noneMatch(Thread.currentThread()::equals), "until it returns");
  }
}
