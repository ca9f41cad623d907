package org.eglr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plain-Java engine in a project that leaves ND4J out, or Tablesaw, too: it trains, loads and
 * re-ranks.
 */
class WithoutNd4jTest {

  private static final String ND4J = "nd4j|javacpp|openblas";

  /** And all that it brings. */
  private static final String TABLESAW =
      "tablesaw|fastutil|icu4j|guava|commons-|classgraph|univocity|RoaringBitmap|slf4j";

  @TempDir Path folder;

  @Test
  void trains_loads_and_reranks_and_says_nothing() throws Exception {
    assertEquals("the same list\n", run(ND4J, "--add-modules", "jdk.incubator.vector"));
    assertEquals("the same list\n", run(ND4J));
  }

  @Test
  void neither_is_anything_of_tablesaw_needed() throws Exception {
    assertEquals("the same list\n", run(ND4J + "|" + TABLESAW));
  }

  private String run(String leftOut, String... options) throws IOException, InterruptedException {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String without =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*(" + leftOut + ").*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    assertTrue(without.length() < all.length(), "there was no ND4J to leave out: " + all);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", without, PlainJavaRun.class.getName()));
    command.add(folder.resolve("model.eglr").toString());
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    int status =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start()
            .waitFor();
    String said = Files.readString(errors, StandardCharsets.UTF_8);
    assertEquals(0, status, said);
    String ofTheJvm = "WARNING: Using incubator modules: jdk.incubator.vector\n";
    assertEquals("", said.replace(ofTheJvm, ""));
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
