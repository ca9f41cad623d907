package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jdk.jshell.JShell;
import org.eglr.kernel.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaHelpTest {

  @TempDir Path folder;

  private final JShell shell = JShell.builder().executionEngine("local").build();

  @BeforeEach
  void classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String entry : all.split(File.pathSeparator)) {
      shell.addToClasspath(entry);
    }
    shell.eval("import org.eglr.*;");
    shell.eval("EglrBuilder builder = null;");
  }

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void a_method_of_our_api_is_explained_by_its_javadoc() throws IOException {
    JavaHelp help = new JavaHelp(shell.sourceCodeAnalysis(), List.of(archive()));
    for (String code : List.of("Eglr.load(", "Eglr.load", "var e = Eglr.load(file)")) {
      Content found = help.inspect(code, code.indexOf("load") + 2).orElseThrow();
      String text = found.data().get(Content.TEXT);
      assertTrue(text.contains("Eglr.load(java.nio.file.Path file)"), code + ": " + text);
      assertTrue(text.contains("Reads a model"), code + ": " + text);
      assertTrue(found.data().get(Content.HTML).contains("Reads a model"), text);
    }
  }

  @Test
  void a_class_is_explained_too_and_a_value_shows_its_type() throws IOException {
    JavaHelp help = new JavaHelp(shell.sourceCodeAnalysis(), List.of(archive()));
    String type = help.inspect("Ranking", 3).orElseThrow().data().get(Content.TEXT);
    assertTrue(type.contains("A re-ranked list."), type);
    assertTrue(
        help.inspect("builder", 3).orElseThrow().data().get(Content.TEXT).contains("builder"));
    assertTrue(help.inspect("nothingOfThatName", 3).isEmpty());
  }

  @Test
  void without_sources_the_signature_remains() {
    JavaHelp help = new JavaHelp(shell.sourceCodeAnalysis(), List.of());
    String text = help.inspect("Eglr.load(", 9).orElseThrow().data().get(Content.TEXT);
    assertTrue(
        text.contains("Eglr.load(java.nio.file.Path"), text); // a name only where classes have it
    assertFalse(text.contains("Reads a model"), text);
  }

  @Test
  void sources_are_found_beside_a_jar_and_beside_its_folder() throws IOException {
    Path jar = file("lib/a-1.jar");
    Path beside = file("lib/a-1-sources.jar");
    file("lib/b.jar");
    Path above = file("sources/b-sources.jar");
    String path = String.join(File.pathSeparator, jar.toString(), folder + "/lib/b.jar", "classes");
    assertEquals(List.of(beside, above), JavadocSources.of(path));
  }

  @Test
  void comments_become_text_and_markup() {
    JavadocText text =
        JavadocText.of(
            """
            Trains {@code a < b} as {@link Eglr#load(Path, int) loading} or {@link Ranking#order}.

            <p>More <script>x</script> &amp; all.
            <pre>{@code
            int a = 1;
            }</pre>
            @param steps how many, at least {@code 1}
            @throws DataException if not
            """);
    assertEquals(
        """
        Trains a < b as loading or Ranking.order.

        More <script>x</script> & all.

        int a = 1;

        param steps how many, at least 1

        throws DataException if not\
        """
            .strip(),
        text.plain().replaceAll("\n\\s*\n+", "\n\n"));
    assertTrue(text.html().contains("<code>a &lt; b</code>"), text.html());
    assertTrue(text.html().contains("&lt;script&gt;"), text.html());
    assertTrue(text.html().contains("&amp; all"), text.html());
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  /** The sources as the build packs them. */
  private Path archive() throws IOException {
    Path root = Path.of("..", "eglr-samediff", "src", "main", "java");
    Path jar = folder.resolve("eglr-samediff-sources.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      for (String name : List.of("org/eglr/Eglr.java", "org/eglr/Ranking.java")) {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(root.resolve(name), zip);
      }
    }
    return jar;
  }
}
