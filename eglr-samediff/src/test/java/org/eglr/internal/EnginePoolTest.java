package org.eglr.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.eglr.internal.model.ComputeEngine;
import org.eglr.internal.model.Weights;
import org.junit.jupiter.api.Test;

class EnginePoolTest {

  private static final Weights NONE = new Weights(List.of());

  private static final class Counting implements ComputeEngine {
    int updates;
    boolean closed;

    @Override
    public void update(Weights weights) {
      updates++;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final List<Counting> made = Collections.synchronizedList(new ArrayList<>());

  private EnginePool<Counting> pool(int most) {
    return new EnginePool<>(
        NONE,
        most,
        () -> {
          made.add(new Counting());
          return made.get(made.size() - 1);
        });
  }

  @Test
  void one_caller_after_another_has_the_same_engine() {
    EnginePool<Counting> pool = pool(0);
    assertSame(pool.use(e -> e), pool.use(e -> e));
    assertEquals(1, made.size());
    assertEquals(0, made.get(0).updates);
    pool.weightsChanged();
    pool.use(e -> e);
    pool.use(e -> e);
    assertEquals(1, made.get(0).updates);
  }

  @Test
  void callers_at_once_have_one_each() {
    EnginePool<Counting> pool = pool(0);
    pool.use(
        a -> {
          pool.weightsChanged();
          assertNotSame(a, pool.use(b -> b));
          return null;
        });
    assertEquals(2, pool.waiting());
    assertEquals(0, made.get(0).updates, "it was in use");
    pool.use(a -> pool.use(b -> null));
    assertEquals(1, made.get(0).updates);
  }

  @Test
  void an_engine_that_failed_is_not_used_again() {
    EnginePool<Counting> pool = pool(0);
    assertThrows(
        IllegalStateException.class,
        () ->
            pool.use(
                e -> {
                  throw new IllegalStateException("broken");
                }));
    assertTrue(made.get(0).closed);
    assertEquals(0, pool.waiting());
    assertNotSame(made.get(0), pool.use(e -> e));
  }

  @Test
  void what_computes_while_the_pool_is_closed_is_closed_afterwards() {
    EnginePool<Counting> pool = pool(0);
    pool.use(a -> pool.use(b -> null));
    pool.use(
        a -> {
          pool.close();
          assertFalse(a.closed);
          return null;
        });
    assertTrue(made.stream().allMatch(e -> e.closed), "both, the one in use too");
    pool.use(e -> null); // late callers still get an answer
    assertTrue(made.get(2).closed);
  }

  @Test
  void no_more_compute_at_once_than_allowed() throws Exception {
    EnginePool<Counting> pool = pool(2);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch ready = new CountDownLatch(8);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      all.add(
          threads.submit(
              () -> {
                ready.countDown();
                ready.await();
                for (int i = 0; i < 200; i++) {
                  pool.use(
                      e -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.yield();
                        return now.decrementAndGet();
                      });
                }
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
    threads.shutdown();
    assertTrue(most.get() <= 2, most + " at once");
    assertTrue(made.size() <= 2, made.size() + " engines");
  }
}
