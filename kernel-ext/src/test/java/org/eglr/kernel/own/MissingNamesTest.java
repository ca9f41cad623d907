package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a real JShell that runs its code in this process, as the kernel's does. */
public class MissingNamesTest {

  /** What code of the shell caught. */
  public static Throwable caught;

  private final JShell shell = JShell.builder().executionEngine("local").build();
  private final MissingNames names = new MissingNames(shell);

  @AfterEach
  void stop() {
    shell.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "method twicee(int) # method twicee(int) (line 4)",
        "method gone(java.lang.String,<nulltype>) # method gone(String,null)",
        "method made(REPL.$JShell$11.Mine,java.util.List<java.lang.String>) # method made(Mine,List<String>)",
        "class Lst # class Lst (line 5)",
        "variable x # variable x (line 5)",
        "variable mathh # variable or class mathh (line 6)",
      })
  void namesAreFoundInCodeOnly(String said, String expected) {
    String source =
        """
        /* twicee(1)
           Lst */ int f(String s) { // twicee(s)
          s = "twicee(1) Lst" + '"' + mine.twicee(1);
          int b = twicee (b);
          Lst<X> a = xx + x + $x + x$ ;
          return mathh.abs(1); }
        """;
    assertEquals(expected, MissingName.of(said, source).text(1));
    assertEquals(expected.replaceAll(" \\(line.*", ""), MissingName.of(said, source).text(0));
  }

  @Test
  void theLastVersionOfADefinitionIsTheOneThatFailed() {
    for (String body : new String[] {"1", "2", "3", "gone(n)"}) {
      shell.eval("int first(int n) { return %s; }".formatted(body));
      shell.eval("int second() { return %s; }".formatted(body.replace("n)", "7)")));
    }
    Throwable failure = failureOf("first(1);");
    String expected =
        "first(int) cannot run: there is no method gone(int). Correct the name, or define it.";
    assertEquals(Optional.of(expected), names.explain(failure));
    assertEquals(Optional.of(expected), names.explain(new ExecutionException(failure)));
    assertEquals(
        Optional.of("asked: " + expected), names.explain(new RuntimeException("asked", failure)));
    assertTrue(names.explain(failureOf("second();")).orElseThrow().startsWith("second()"));
    assertEquals(Optional.empty(), names.explain(new RuntimeException("asked")));
    SnippetEvent direct = shell.eval("first(1)").get(0);
    assertEquals(Optional.of(expected), names.explain(direct.exception()));
    shell.eval("int gone(int n) { return n; }");
    assertTrue(names.explain(failure).orElseThrow().contains("run the cell again that makes it"));
  }

  @Test
  void aCauseThatCannotBeReadEndsTheSearch() {
    Throwable odd =
        new RuntimeException() {
          @Override
          public synchronized Throwable getCause() {
            throw new AssertionError();
          }
        };
    assertEquals(Optional.empty(), names.explain(odd));
  }

  private Throwable failureOf(String call) {
    caught = null;
    shell.eval(
        "try { %s } catch (Throwable t) { %s.caught = t; }".formatted(call, getClass().getName()));
    return caught;
  }
}
