package org.eglr.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogReadingTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"tianchi,3,28476", "kuairand,5,16085"})
  void theFilesAreTheSameEveryTimeAndAreRead(String kind, int files, String rows)
      throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    LogReading.write(kind, first, 0.001);
    LogReading.write(kind, second, 0.001);
    List<Path> written = list(first);
    assertEquals(files, written.size());
    for (Path file : written) {
      assertArrayEquals(
          Files.readAllBytes(file), Files.readAllBytes(second.resolve(file.getFileName())));
    }
    List<String> lines = LogReading.read(kind, first);
    assertTrue(lines.get(0).replace(",", "").contains(": " + rows + " rows"), lines.get(0));
    assertTrue(lines.get(1).matches("  cut in .* rows/s; .* s of one core: .* rows/s"));
    assertEquals(files, list(first).size(), "nothing of the measurement stays");
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
