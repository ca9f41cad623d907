package org.eglr.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A study's CSV file, to which each world that is finished adds its rows. */
final class StudyFile {

  private StudyFile() {}

  /**
   * Writes rows in the place of those of the same condition and world; rows of others stay, unless
   * the file is of another version.
   */
  static void update(Path file, List<StudyRow> rows) {
    List<String> replaced = rows.stream().map(StudyFile::start).distinct().toList();
    List<String> lines = new ArrayList<>(List.of(StudyRow.HEADER));
    others(file).stream()
        .filter(line -> replaced.stream().noneMatch(line::startsWith))
        .forEach(lines::add);
    rows.forEach(row -> lines.add(row.csv()));
    RunStore.write(file, String.join("\n", lines) + "\n");
  }

  /** How the lines of a condition and world begin. */
  private static String start(StudyRow row) {
    return "\"%s\",%d,".formatted(row.condition(), row.world());
  }

  private static List<String> others(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      boolean same = !lines.isEmpty() && lines.get(0).equals(StudyRow.HEADER);
      return same ? lines.subList(1, lines.size()) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
