package org.eglr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same seed, data and settings give the same weights in every process and on every JDK. Other
 * JDKs are those of {@code EGLR_JDKS}, by default all in /usr/lib/jvm.
 */
class SameNumbersTest {

  private static final List<String> VECTOR = List.of("--add-modules", "jdk.incubator.vector");
  private static final Path OWN = Path.of(System.getProperty("java.home"));

  @TempDir Path folder;

  @Test
  void in_two_processes() throws IOException, InterruptedException {
    assertEquals(trained(OWN, VECTOR), trained(OWN, VECTOR));
    assertEquals(trained(OWN, List.of()), trained(OWN, List.of()), "plain loops");
  }

  @Test
  void interpreted_and_compiled() throws IOException, InterruptedException {
    List<String> slowly =
        Stream.concat(VECTOR.stream(), Stream.of("-XX:TieredStopAtLevel=1")).toList();
    assertEquals(trained(OWN, VECTOR), trained(OWN, slowly));
  }

  @Test
  void on_other_jdks() throws IOException, InterruptedException {
    List<Path> others = otherJdks();
    Assumptions.assumeFalse(others.isEmpty(), "there is no second JDK; EGLR_JDKS names folders");
    String expected = trained(OWN, VECTOR);
    for (Path jdk : others) {
      assertEquals(expected, trained(jdk, VECTOR), jdk.toString());
    }
  }

  /** A run that one process began, and another one, perhaps of another JDK, goes on with. */
  @Test
  void stopped_here_and_resumed_there() throws IOException, InterruptedException {
    String expected = trained(OWN, VECTOR);
    List<Path> jdks = new ArrayList<>(otherJdks());
    jdks.add(OWN);
    for (Path jdk : jdks) {
      for (Path other : jdk.equals(OWN) ? List.of(OWN) : List.of(OWN, jdk)) {
        assertNotEquals(expected, trained(jdk, VECTOR, "stop"));
        assertEquals(expected, trained(other, VECTOR, "resume"), jdk + ", then " + other);
        Files.delete(folder.resolve("model.checkpoint"));
      }
    }
  }

  /** Of each version that is 17 or newer and not ours, one. */
  private static List<Path> otherJdks() throws IOException {
    List<Path> found = new ArrayList<>();
    List<String> versions = new ArrayList<>(List.of(version(OWN)));
    for (Path jdk : candidates()) {
      String version = version(jdk);
      boolean runs = Files.isExecutable(jdk.resolve("bin/java")) && version.matches("\\d{2,}");
      if (runs && Integer.parseInt(version) >= 17 && !versions.contains(version)) {
        versions.add(version);
        found.add(jdk);
      }
    }
    return found;
  }

  private static List<Path> candidates() throws IOException {
    String named = System.getenv("EGLR_JDKS");
    if (named != null) {
      return Stream.of(named.split(File.pathSeparator)).map(Path::of).toList();
    }
    Path usual = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(usual)) {
      return List.of();
    }
    try (Stream<Path> jdks = Files.list(usual)) {
      return jdks.sorted().toList();
    }
  }

  /** The first number of the version that the JDK's own file says; empty if there is none. */
  private static String version(Path jdk) throws IOException {
    Path release = jdk.resolve("release");
    if (!Files.isRegularFile(release)) {
      return "";
    }
    return Files.readAllLines(release).stream()
        .filter(line -> line.startsWith("JAVA_VERSION="))
        .map(line -> line.replaceFirst("JAVA_VERSION=\"?(\\d+).*", "$1"))
        .findFirst()
        .orElse("");
  }

  private String trained(Path jdk, List<String> options, String... part)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
    command.addAll(options);
    String all = System.getProperty("java.class.path");
    command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", all)));
    command.addAll(List.of(TrainedHash.class.getName(), folder.resolve("model").toString()));
    command.addAll(List.of(part));
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    int status =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start()
            .waitFor();
    assertEquals(0, status, () -> read(errors));
    String hash = Files.readString(output).strip();
    assertNotEquals("", hash);
    return hash;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
