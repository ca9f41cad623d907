package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentWatchTest {

  @Test
  void theEndOfTheParentIsNoticed() throws IOException, InterruptedException {
    Process parent = new ProcessBuilder("sleep", "60").start();
    CountDownLatch ended = new CountDownLatch(1);
    assertTrue(ParentWatch.start(String.valueOf(parent.pid()), ended::countDown));
    assertEquals(1, ended.getCount(), "while it lives");
    parent.destroy();
    assertTrue(ended.await(20, TimeUnit.SECONDS));
  }

  @Test
  void whereThereIsNoParentToWatchNothingEnds() {
    Runnable never = () -> assertTrue(false, "must not run");
    assertFalse(ParentWatch.start(null, never));
    assertFalse(ParentWatch.start("", never));
    assertFalse(ParentWatch.start("none", never));
    assertFalse(ParentWatch.start("99999999", never), "a process behind the wall of a container");
  }
}
