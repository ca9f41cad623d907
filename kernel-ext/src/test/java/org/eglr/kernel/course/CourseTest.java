package org.eglr.kernel.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import jdk.jshell.JShell;
import jdk.jshell.spi.SPIResolutionException;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.FakeHost;
import org.eglr.kernel.Installed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourseTest {

  @TempDir Path folder;

  @Test
  void whatFailsIsSaidWithItsHintAndWhatPassedOnceStaysPassed() throws IOException {
    Progress progress = new Progress(folder.resolve("progress.json"));
    String message =
        refusal(() -> run("01.a", c -> c.hint("think").near("half", 0.25, 0.5, 0.1), progress));
    assertEquals("check 01.a: half is 0.250000, expected 0.500000\nhint: think", message);
    assertFalse(progress.passed("01.a"));
    run("01.a", c -> c.near("half", 0.5, 0.5, 0), progress);
    refusal(() -> run("01.a", c -> c.that("one is two", 1 == 2), progress));
    assertTrue(progress.passed("01.a"));
    assertTrue(Files.readString(folder.resolve("progress.json")).contains("\"runs\" : 3"));
  }

  @Test
  void numbersThatAreNoneAndArraysOfAnotherLengthDoNotPass() {
    Check check = new Check("01.a");
    assertThrows(EglrError.class, () -> check.near("x", Double.NaN, 0, 1));
    assertThrows(EglrError.class, () -> check.near("x", new double[1], new double[2], 1));
    assertThrows(EglrError.class, () -> check.near("x", null, new double[2], 1));
    assertTrue(
        refusal(() -> check.near("x", new double[] {1, 3}, new double[] {1, 2}, .5))
            .contains("x[1] is 3, expected 2"));
    check.near("x", new double[] {1, 3}, new double[] {1, 3.4}, .5);
    assertThrows(EglrError.class, () -> check.equal("x", new int[] {1}, new int[] {2}));
  }

  @Test
  void aCellThatTestsNothingOrThrowsDoesNotPass() {
    Progress progress = new Progress(folder.resolve("progress.json"));
    assertTrue(refusal(() -> run("01.b", c -> {}, progress)).contains("its cell tests nothing"));
    String thrown = refusal(() -> run("01.b", c -> c.that("x", 1 / zero() > 0), progress));
    assertTrue(thrown.contains("your code threw java.lang.ArithmeticException"), thrown);
    assertFalse(progress.passed("01.b"));
  }

  @Test
  void aCheckOfADefinitionThatLacksANameSaysWhich() {
    CheckBody body =
        check -> {
          throw new ExecutionException(new SPIResolutionException(1));
        };
    Progress progress = new Progress(folder.resolve("progress.json"));
    assertTrue(refusal(() -> run("01.b", body, progress)).contains("your code threw java.util"));
    FakeHost host = new FakeHost();
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      host.shell = shell;
      Installed.with(
          host,
          () -> {
            shell.eval("int half(int n) { return n / twoo; }");
            assertEquals(
                "check 01.b: half(int) cannot run: there is no variable twoo."
                    + " Correct the name, or define it.",
                refusal(() -> run("01.b", body, progress)));
          });
    }
  }

  @Test
  void aProgressFileThatIsNoneIsBegunAnew() throws IOException {
    Path file = Files.writeString(folder.resolve("progress.json"), "not JSON");
    new Progress(file).checked("01.a", true);
    assertTrue(new Progress(file).passed("01.a"));
  }

  @Test
  void theFirstGuessIsRemembered() throws IOException {
    Progress progress = new Progress(folder.resolve("progress.json"));
    progress.guessed("01.best", 5, 17);
    progress.guessed("01.best", 17, 17);
    assertEquals(1, progress.guesses("01"));
    assertTrue(Files.readString(folder.resolve("progress.json")).contains("\"guess\" : 5.0"));
  }

  @Test
  void aComparisonShowsTheGreatestDifferenceAndRefusesAGreaterOneThanAllowed() {
    double[] mine = {1, 2, 3, 4};
    String table = Compare.of("x", mine, new double[] {1, 2, 3, 4.5}, 1).toString();
    assertTrue(
        table.contains("0.5000") && table.contains("1.000  2.000  3.000")
            || table.contains("1  2  3  ..."),
        table);
    assertTrue(
        refusal(() -> Compare.of("x", 1, 1.5, 0.1)).contains("they differ by 0.5000, more than"));
    assertThrows(EglrError.class, () -> Compare.of("x", Double.NaN, 1, 9));
    assertThrows(EglrError.class, () -> Compare.of("x", mine, new double[2], 9));
  }

  @Test
  void theTableOfLessonsCountsWhatWasPassed() throws IOException {
    String lesson =
        """
        {"cells": [
          {"cell_type": "markdown", "source": ["# 1. By hand\\n", "text"]},
          {"cell_type": "code", "source": ["%%check 01.a\\n", "x"]},
          {"cell_type": "code", "source": "%%check 01.b\\nx"}],
         "metadata": {"eglr": {"lesson": "01", "minutes": 15}}}
        """;
    Files.writeString(folder.resolve("01-by-hand.ipynb"), lesson);
    Files.writeString(folder.resolve("01-by-hand.kept-1.ipynb"), lesson);
    Files.writeString(folder.resolve("other.ipynb"), "{\"cells\": [], \"metadata\": {}}");
    Files.writeString(folder.resolve("broken.ipynb"), "{");
    Progress progress = new Progress(folder.resolve("progress.json"));
    progress.checked("01.b", true);
    String table = CourseTable.of(folder, progress).plain();
    assertTrue(table.contains("01  1. By hand"), table);
    assertTrue(table.contains("1 of 2") && table.contains("1 of 2 checks passed"), table);
    assertEquals(1, table.lines().filter(line -> line.contains("By hand")).count());
    String empty = refusal(() -> CourseTable.of(folder.resolve("none"), progress));
    assertTrue(empty.contains("./eglr lab"), empty);
  }

  private static int zero() {
    return 0;
  }

  private static void run(String name, CheckBody body, Progress progress) {
    Checks.run(name, "", body, progress);
  }

  private static String refusal(Runnable what) {
    return assertThrows(EglrError.class, what::run).getMessage();
  }
}
