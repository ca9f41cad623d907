package org.eglr.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {

  @TempDir Path folder;

  private static Run run() {
    return new Run(
        Map.of("true DCG", new double[] {0.1, Double.NaN, 1.0 / 3}), Map.of("seconds", 2.5));
  }

  @Test
  void a_run_is_found_again_by_all_that_decides_it() {
    RunStore store = new RunStore(folder);
    assertFalse(store.has("run", "width 8"));
    store.get("run", "width 8", RunStoreTest::run);
    assertTrue(store.has("run", "width 8"));
    Run again =
        store.get(
            "run",
            "width 8",
            () -> {
              throw new AssertionError("it is there");
            });
    assertArrayEquals(run().lists().get("true DCG"), again.lists().get("true DCG"));
    assertEquals(run().numbers(), again.numbers());
    assertFalse(store.has("run", "width 16"), "other settings are another run");
  }

  @Test
  void a_damaged_file_is_named_with_the_remedy() throws IOException {
    RunStore store = new RunStore(folder);
    store.get("run", "key", RunStoreTest::run);
    try (var files = Files.list(folder)) {
      Files.writeString(files.findFirst().orElseThrow(), "key key\nlists a=1,x\n");
    }
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> store.get("run", "key", RunStoreTest::run))
            .getMessage();
    assertTrue(message.endsWith("is damaged; delete it, and its run is done again"), message);
  }
}
