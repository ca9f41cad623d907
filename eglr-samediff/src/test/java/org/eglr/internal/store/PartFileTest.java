package org.eglr.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // what is held is not named
class PartFileTest {

  @TempDir Path folder;

  private List<String> parts() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".part")).toList();
    }
  }

  @Test
  void a_living_process_keeps_its_part_and_a_killed_one_s_is_deleted() throws IOException {
    Path file = folder.resolve("model.eglr");
    try (OtherProcess other = new OtherProcess("part", file)) {
      assertEquals(1, parts().size());
      PartFile.write(file, out -> out.write(2));
      assertEquals(1, parts().size(), "it is being written");
    }
    PartFile.write(folder.resolve("other.eglr"), out -> out.write(2));
    assertEquals(1, parts().size(), "it is not of that file");
    PartFile.write(file, out -> out.write(3));
    assertEquals(List.of(), parts());
    assertEquals(3, Files.readAllBytes(file)[0]);
  }

  @Test
  void this_process_keeps_what_it_is_writing() throws IOException {
    Path file = folder.resolve("model.eglr");
    PartFile.write(
        file,
        out -> {
          PartFile.write(file, inner -> inner.write(2));
          assertEquals(1, parts().size());
          out.write(1);
        });
    assertEquals(1, Files.readAllBytes(file)[0]);
    assertEquals(List.of(), parts());
  }

  @Test
  void others_files_stay() throws IOException {
    List<String> others = List.of("model.eglr.part", "model.eglr.x1.part", "model.eglrs.12.part");
    for (String name : others) {
      Files.writeString(folder.resolve(name), "mine");
    }
    Path link = folder.resolve("model.eglr.12.part");
    Files.createSymbolicLink(link, folder.resolve("model.eglr.part"));
    PartFile.write(folder.resolve("model.eglr"), out -> out.write(1));
    assertEquals(4, parts().size());
    assertEquals("mine", Files.readString(link));
  }

  /** As if another process took it for a killed one's before it was locked. */
  @Test
  void a_part_that_goes_away_is_written_again() throws IOException {
    Path file = folder.resolve("model.eglr");
    int[] times = {0};
    PartFile.write(
        file,
        out -> {
          if (times[0]++ == 0) {
            Files.delete(folder.resolve(parts().get(0)));
          }
          out.write(times[0]);
        });
    assertEquals(2, Files.readAllBytes(file)[0]);
    assertThrows(
        IOException.class,
        () -> PartFile.write(file, out -> Files.delete(folder.resolve(parts().get(0)))));
    assertEquals(2, Files.readAllBytes(file)[0]);
  }

  @Test
  void a_failure_leaves_the_old_file_and_nothing_else() throws IOException {
    Path file = Files.writeString(folder.resolve("model.eglr"), "old");
    assertThrows(
        IOException.class,
        () ->
            PartFile.write(
                file,
                out -> {
                  out.write(1);
                  throw new IOException("disk full");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(), parts());
  }

  @Test
  void others_may_read_it_if_they_may_read_what_else_is_made() throws IOException {
    Path file = folder.resolve("model.eglr");
    PartFile.write(file, out -> out.write(1));
    Path usual = Files.writeString(folder.resolve("usual"), "");
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(file));
    }
    assertTrue(Files.isReadable(file));
  }
}
