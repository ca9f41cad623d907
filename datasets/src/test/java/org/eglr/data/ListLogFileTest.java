package org.eglr.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListLogFileTest {

  @TempDir private Path folder;

  @Test
  void everythingComesBack() throws IOException {
    Entities users =
        Entities.of("users", new String[] {"ä", "b"})
            .dense("age", new double[] {3, Double.NaN})
            .build();
    Entities items =
        Entities.of("items", new String[] {"1", "2", "3"})
            .labels(new String[] {"one", null, "three"})
            .categorical("kind", new String[] {null, "x", "x"})
            .build();
    ListLog log =
        ListLog.builder("a log", users, items)
            .add(1, Long.MIN_VALUE, new int[] {2, 0, 1}, new boolean[] {true, false}, 0.5f)
            .add(0, 7, new int[] {0, 1}, new boolean[] {false, true})
            .warnings(List.of("look", "here"))
            .build();
    Path file = folder.resolve("log.lists");
    ListLogFile.write(file, "origin", log);
    ListLog read = ListLogFile.read(file, "origin").orElseThrow();
    assertEquals("a log", read.name());
    assertEquals(List.of("look", "here"), read.warnings());
    assertEquals("ä", read.users().key(0));
    assertArrayEquals(new double[] {3, Double.NaN}, read.users().values(Field.dense("age")));
    assertEquals("2", read.items().label(1));
    assertEquals("three", read.items().label(2));
    assertArrayEquals(
        new String[] {null, "x", "x"}, read.items().categories(Field.categorical("kind")));
    assertEquals(Long.MIN_VALUE, read.time(0));
    assertEquals(0.5f, read.utility(0));
    assertEquals(2, read.length(0));
    assertEquals(3, read.pool(0));
    assertEquals(List.of("b: 3* 1 2", "ä: 1 2*"), TianchiAdTest.lists(read));
    assertTrue(ListLogFile.read(file, "another origin").isEmpty());
  }
}
