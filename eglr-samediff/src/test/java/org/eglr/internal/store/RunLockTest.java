package org.eglr.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eglr.ModelFileException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // what is held is not named
class RunLockTest {

  private static final String REMEDY = ": wait for its end, stop it, or name another file";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("run.checkpoint");
  }

  private String refusal(Path path) {
    return assertThrows(ModelFileException.class, () -> RunLock.take(path).close()).getMessage();
  }

  @Test
  void another_run_of_this_process_is_refused_until_the_first_ends() throws IOException {
    try (RunLock lock = RunLock.take(file)) {
      for (int i = 0; i < 3; i++) {
        String refusal = CompletableFuture.supplyAsync(() -> refusal(file)).join();
        assertEquals(
            "checkpoint " + file + " is being written by another run of this process" + REMEDY,
            refusal);
      }
      RunLock.take(folder.resolve("other.checkpoint")).close();
    }
    RunLock.take(file).close();
    assertNothingIsLeft();
  }

  /** A refusal must not free the lock, as closing a lock's file would on POSIX systems. */
  @Test
  void another_process_is_refused_after_this_one_refused_itself() throws IOException {
    try (RunLock lock = RunLock.take(file)) {
      refusal(file);
      assertThrows(AssertionError.class, () -> new OtherProcess("lock", file).close());
    }
  }

  @Test
  void a_run_of_another_process_is_named_and_blocks_no_more_once_it_is_killed() throws IOException {
    try (OtherProcess other = new OtherProcess("lock", file)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(
            "checkpoint %s is being written by another run, process %d%s"
                .formatted(file, other.pid(), REMEDY),
            refusal(file));
      }
    }
    assertTrue(Files.exists(folder.resolve("run.checkpoint.lock")), "what a killed run leaves");
    RunLock.take(file).close();
    assertNothingIsLeft();
  }

  @Test
  void another_name_of_the_same_folder_is_the_same_file() throws IOException {
    Path link = folder.resolve("link");
    Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(link, folder.resolve("real"));
    try (RunLock lock = RunLock.take(link.resolve("a"))) {
      refusal(folder.resolve("real/../real/a"));
    }
  }

  @Test
  void where_there_are_no_locks_it_holds_within_the_process() throws IOException {
    RunLock.Locker none =
        opened -> {
          throw new IOException("No locks available");
        };
    try (RunLock lock = RunLock.take(file, none)) {
      refusal(file);
    }
    assertNothingIsLeft();
  }

  @Test
  void a_link_in_the_lock_s_place_is_not_followed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(folder.resolve("run.checkpoint.lock"), victim);
    String refusal = refusal(file);
    assertTrue(refusal.contains("cannot lock checkpoint " + file), refusal);
    assertEquals("precious", Files.readString(victim));
  }

  /** The lock's file comes and goes all the time; still never two hold it. */
  @Test
  void of_many_threads_one_at_a_time_has_it() throws Exception {
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 300; i++) {
                  try (RunLock lock = RunLock.take(file)) {
                    assertEquals(1, holders.incrementAndGet());
                    taken.incrementAndGet();
                    holders.decrementAndGet();
                  } catch (ModelFileException e) {
                    assertTrue(
                        e.getMessage().contains("another run of this process"), e.toString());
                  }
                }
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
    assertTrue(taken.get() > 0);
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(files.anyMatch(left -> left.toString().endsWith(".lock")));
    }
  }
}
