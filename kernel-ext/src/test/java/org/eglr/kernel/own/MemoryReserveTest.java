package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A heap is filled, kept full over some cells and emptied, three times, in a JVM of its own. */
class MemoryReserveTest {

  private static final int FULL = 3;

  /** What the kernel does at each cell, by letter: is the reserve held then? */
  public static void main(String[] arguments) {
    StringBuilder held = new StringBuilder();
    List<Object> kept = new ArrayList<>();
    for (int round = 0; round < FULL; round++) {
      MemoryReserve.take();
      held.append(MemoryReserve.isHeld() ? 'h' : '-');
      try {
        while (true) {
          kept.add(new byte[50_000]);
        }
      } catch (OutOfMemoryError e) {
        MemoryReserve.free();
      }
      for (int cell = 0; cell < 2; cell++) {
        MemoryReserve.take();
        held.append(MemoryReserve.isHeld() ? 'h' : '-');
        for (int i = 0; i < 200; i++) {
          kept.set(i, new byte[50_000]); // a cell's work: more garbage than memory is left
        }
      }
      kept.clear();
    }
    System.out.print(held);
  }

  @Test
  void it_is_left_to_the_cells_as_long_as_the_heap_is_full()
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-XX:-UseGCOverheadLimit",
                "-XX:InitialSurvivorRatio=16",
                "-XX:MinSurvivorRatio=16",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryReserveTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    assertEquals("h--".repeat(FULL), printed);
  }
}
