package org.eglr.kernel.course;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A lesson as it lies in a folder.
 *
 * @param id its number: {@code 01}
 * @param title its first heading
 * @param minutes of a reader's time; 0 where it does not say
 * @param checks the names of its {@code %%check} cells, in order
 */
record LessonFile(Path file, String id, String title, int minutes, List<String> checks) {

  private static final Pattern CHECK = Pattern.compile("\\A\\s*%%check\\s+(\\S+)");
  private static final Pattern HEADING = Pattern.compile("(?m)^# +(.+?)\\s*$");

  LessonFile {
    checks = List.copyOf(checks);
  }

  /** The lessons of a folder in their order; copies of one lesson are one. */
  static List<LessonFile> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<LessonFile> lessons = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList()) {
        read(file)
            .filter(found -> lessons.stream().noneMatch(lesson -> lesson.id.equals(found.id)))
            .ifPresent(lessons::add);
      }
      return lessons;
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Empty if it is no lesson, or no notebook at all. */
  static Optional<LessonFile> read(Path file) {
    try {
      JsonNode notebook = new ObjectMapper().readTree(file.toFile());
      JsonNode lesson = notebook.path("metadata").path("eglr");
      if (!lesson.path("lesson").isTextual()) {
        return Optional.empty();
      }
      String title = "";
      Set<String> checks = new LinkedHashSet<>();
      for (JsonNode cell : notebook.path("cells")) {
        String source = source(cell);
        Matcher heading = HEADING.matcher(source);
        if (title.isEmpty()
            && cell.path("cell_type").asText().equals("markdown")
            && heading.find()) {
          title = heading.group(1);
        }
        Matcher check = CHECK.matcher(source);
        if (check.find()) {
          checks.add(check.group(1));
        }
      }
      String id = lesson.path("lesson").asText();
      int minutes = lesson.path("minutes").asInt();
      return Optional.of(new LessonFile(file, id, title, minutes, new ArrayList<>(checks)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String source(JsonNode cell) {
    JsonNode source = cell.path("source");
    StringBuilder text = new StringBuilder(source.isTextual() ? source.asText() : "");
    source.forEach(line -> text.append(line.asText()));
    return text.toString();
  }
}
