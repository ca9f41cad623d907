package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On exceptions of a real JShell, thrown in this process as in the kernel. */
class ErrorLinesTest {

  private static JShell shell;

  @BeforeAll
  static void start() {
    shell = JShell.builder().executionEngine("local").build();
    shell.addToClasspath(System.getProperty("java.class.path"));
  }

  @AfterAll
  static void stop() {
    shell.close();
  }

  @Test
  void theTraceEndsAtTheUsersCode() {
    lines("int half(int n) { return n / 0; }");
    List<String> lines = lines("half(3)");
    assertEquals("\033[31mjava.lang.ArithmeticException: / by zero\033[0m", lines.get(0));
    assertEquals("    at your half, line 1 of its snippet", lines.get(1));
    assertEquals("    at your cell, line 1 of its snippet", lines.get(2));
    assertEquals("(%eglr error shows the whole trace)", lines.get(3));
    assertEquals(4, lines.size());
  }

  /** Of an exception that answers badly, what can be told is told. */
  @Test
  void whatCannotBeAskedIsLeftOut() {
    class Bad extends RuntimeException {
      private static final long serialVersionUID = 1L;

      @Override
      public String getMessage() {
        throw new IllegalStateException();
      }

      @Override
      public Throwable getCause() {
        throw new OutOfMemoryError("none of the kernel's");
      }

      @Override
      public StackTraceElement[] getStackTrace() {
        return new StackTraceElement[] {null};
      }
    }
    assertEquals(
        List.of(
            "\033[31m"
                + Bad.class.getName()
                + ": (its message cannot be read: java.lang.IllegalStateException)\033[0m",
            "(%eglr error shows the whole trace)"),
        ErrorLines.ofAny(new Bad()));
    Exception first = new Exception("first");
    first.initCause(new Exception("second", first));
    assertFalse(MemoryReserve.isOutOfMemory(first), "a circle has an end");
    assertTrue(MemoryReserve.isOutOfMemory(new Exception(new OutOfMemoryError())));
  }

  @Test
  void ofLibrariesOnlyTheInnermostFramesAreShown() {
    List<String> lines = lines("java.util.stream.Stream.of(\"x\").map(Integer::parseInt).toList()");
    assertTrue(lines.get(0).contains("NumberFormatException: For input string: \"x\""));
    assertEquals(3, lines.stream().filter(line -> line.contains("at java.base/")).count());
    assertTrue(lines.stream().anyMatch(line -> line.matches(" +\\.\\.\\. \\d+ more")));
    assertFalse(lines.stream().anyMatch(line -> line.contains("reflect")), lines.toString());
  }

  @Test
  void causesAreNamed() {
    String text =
        String.join(
            "\n",
            lines("throw new IllegalStateException(\"outer\", new RuntimeException(\"inner\"));"));
    assertTrue(text.contains("java.lang.IllegalStateException: outer"), text);
    assertTrue(text.contains("Caused by: java.lang.RuntimeException: inner"), text);
  }

  @Test
  void deepRecursionStaysShort() {
    lines("int deep(int n) { return 1 + deep(n + 1); }");
    List<String> lines = lines("deep(0)");
    assertTrue(lines.get(0).contains("StackOverflowError"));
    assertTrue(lines.size() < 20, "lines: " + lines.size());
  }

  @Test
  void aRefusalOfOursIsOneRedLine() {
    assertEquals(
        List.of("\033[31mno data yet: %eglr data loads some\033[0m"),
        lines("throw new org.eglr.kernel.EglrError(\"no data yet: %eglr data loads some\");"));
  }

  @Test
  void otherThrowablesAreNotOurs() {
    assertTrue(ErrorLines.of(new RuntimeException("of the kernel")).isEmpty());
  }

  private static List<String> lines(String code) {
    List<SnippetEvent> events = shell.eval(code);
    return events.stream()
        .map(SnippetEvent::exception)
        .filter(EvalException.class::isInstance)
        .map(thrown -> new RuntimeException("as JJava wraps it", thrown))
        .flatMap(thrown -> ErrorLines.of(thrown).orElseThrow().stream())
        .collect(Collectors.toList());
  }
}
