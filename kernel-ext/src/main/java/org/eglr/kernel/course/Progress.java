package org.eglr.kernel.course;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Which checks a reader passed and what they guessed: {@code .eglr-course.json} in the notebooks'
 * folder, or the file that the environment's {@code EGLR_COURSE_PROGRESS} names.
 */
final class Progress {

  static final String FILE = ".eglr-course.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  Progress(Path file) {
    this.file = file;
  }

  /** That of the folder in which the kernel runs. */
  static Progress here() {
    String chosen = System.getenv("EGLR_COURSE_PROGRESS");
    return new Progress(
        chosen == null || chosen.isBlank() ? Path.of(FILE).toAbsolutePath() : Path.of(chosen));
  }

  /** Remembers a check's run; one that passed once stays passed. */
  synchronized void checked(String name, boolean passed) {
    ObjectNode all = read();
    ObjectNode check = all.withObjectProperty("checks").withObjectProperty(name);
    check.put("passed", passed || check.path("passed").asBoolean());
    check.put("runs", check.path("runs").asInt() + 1);
    write(all);
  }

  /** Remembers a guess; the first one counts. */
  synchronized void guessed(String name, double guess, double was) {
    ObjectNode all = read();
    ObjectNode guesses = all.withObjectProperty("guesses");
    if (!guesses.has(name)) {
      guesses.putObject(name).put("guess", guess).put("was", was);
      write(all);
    }
  }

  boolean passed(String check) {
    return read().path("checks").path(check).path("passed").asBoolean();
  }

  /** How many first guesses of a lesson are remembered. */
  int guesses(String lesson) {
    int count = 0;
    for (var names = read().path("guesses").fieldNames(); names.hasNext(); ) {
      count += names.next().startsWith(lesson + ".") ? 1 : 0;
    }
    return count;
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What cannot be read is as if it were not there: nothing is lost but ticks. */
  private ObjectNode read() {
    try {
      JsonNode all = Files.exists(file) ? JSON.readTree(file.toFile()) : null;
      return all instanceof ObjectNode object ? object : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  /** Whole or not at all; a folder that cannot be written to costs the reader the ticks alone. */
  private void write(ObjectNode all) {
    try {
      Path partial = file.resolveSibling(file.getFileName() + ".new");
      JSON.writerWithDefaultPrettyPrinter().writeValue(partial.toFile(), all);
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      System.err.println("Your progress is not kept: " + e.getMessage());
    }
  }
}
