package org.eglr.internal.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void results_come_in_the_order_of_tasks() {
    List<Integer> squares = Workers.shared().map(100, (worker, task) -> task * task);
    assertEquals(IntStream.range(0, 100).mapToObj(t -> t * t).toList(), squares);
  }

  @Test
  void a_single_worker_does_everything_on_one_thread_of_its_own() {
    Workers one = Workers.one();
    Set<Thread> threads = new HashSet<>();
    for (int count : new int[] {1, 3, 1}) {
      threads.addAll(one.map(count, (worker, task) -> Thread.currentThread()));
    }
    assertEquals(1, threads.size());
    assertNotEquals(Set.of(Thread.currentThread()), threads);
  }

  @Test
  void a_single_task_of_the_shared_workers_is_not_handed_over() {
    assertEquals(
        List.of(Thread.currentThread()),
        Workers.shared().map(1, (worker, task) -> Thread.currentThread()));
  }

  @Test
  void what_a_task_throws_is_thrown_here() {
    for (Workers workers : List.of(Workers.shared(), Workers.one())) {
      for (int count : new int[] {1, 5}) {
        var error =
            assertThrows(
                IllegalStateException.class,
                () ->
                    workers.map(
                        count,
                        (worker, task) -> {
                          throw new IllegalStateException("task " + task);
                        }));
        assertTrue(error.getMessage().startsWith("task "), error.getMessage());
      }
    }
  }
}
