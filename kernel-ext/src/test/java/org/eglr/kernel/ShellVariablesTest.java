package org.eglr.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a JShell that runs its cells in this process, as the kernels' do. */
public class ShellVariablesTest {

  /** What the cell in {@link #inCell} calls: JShell can only reach it through a static field. */
  public static Runnable action;

  private JShell shell;
  private ShellVariables variables;

  @BeforeEach
  void start() {
    shell = shell().executionEngine("local").build();
    variables = new ShellVariables(shell, true, ShellVariablesTest.class::getClassLoader);
  }

  private static JShell.Builder shell() {
    return JShell.builder().compilerOptions("--class-path", System.getProperty("java.class.path"));
  }

  @AfterEach
  void stop() {
    shell.close();
  }

  @Test
  void readsWhatTheUserMade() {
    eval("var words = java.util.List.of(\"a\", \"b\");");
    eval("int number = 7;");
    inCell(v -> assertEquals(Optional.of(List.of("a", "b")), v.get("words")));
    inCell(v -> assertEquals(Optional.of(7), v.get("number")));
    inCell(v -> assertEquals(Optional.empty(), v.get("absent")));
  }

  @Test
  void theUserReadsWhatAMagicMade() {
    inCell(
        v -> {
          v.declare("made", Content.class);
          assertEquals(Optional.empty(), v.get("made"));
          v.set("made", Content.text("hello"));
        });
    assertEquals("\"hello\"", eval("made.data().get(\"text/plain\")"));
  }

  @Test
  void aSecondValueTakesTheFirstOnesPlace() {
    for (String text : List.of("one", "two")) {
      inCell(
          v -> {
            v.declare("made", String.class);
            v.set("made", text);
          });
    }
    assertEquals("\"two\"", eval("made"));
    inCell(v -> v.set("made", null));
    assertEquals("null", eval("made"));
  }

  @Test
  void aVariableThatTheUserRedefinedIsFollowed() {
    eval("var x = 1;");
    eval("var x = \"text\";");
    inCell(v -> assertEquals(Optional.of("text"), v.get("x")));
  }

  @Test
  void doesNotTakeAVariableOfTheUsers() {
    eval("int data = 5;");
    inCell(
        v -> {
          var error = assertThrows(EglrError.class, () -> v.declare("data", Content.class));
          assertTrue(
              error.getMessage().contains("variable 'data' of type int"), error.getMessage());
          assertTrue(error.getMessage().contains("--as NAME"), error.getMessage());
        });
    assertEquals("5", eval("data"));
  }

  @Test
  void aWiderTypeOfTheUsersWillDo() {
    eval("Object data;");
    inCell(
        v -> {
          v.declare("data", String.class);
          v.set("data", "x");
        });
    assertEquals("\"x\"", eval("data"));
  }

  @Test
  void whereAllRunsOnOneThreadDeclaredVariablesAreSetAndOthersKept() {
    shell.close();
    shell = shell().executionEngine(SingleThreadControl.provider(), Map.of()).build();
    variables = new ShellVariables(shell, false, ShellVariablesTest.class::getClassLoader);
    eval("String declared;");
    inCell(
        v -> {
          for (String name : List.of("declared", "other")) {
            v.declare(name, String.class);
            v.set(name, "value");
            assertEquals(Optional.of("value"), v.get(name));
          }
        });
    assertEquals("\"value\"", eval("declared"));
    assertEquals(1, shell.variables().count());
  }

  private void inCell(Consumer<NotebookVariables> use) {
    action = () -> use.accept(variables);
    SnippetEvent event = run(getClass().getName() + ".action.run();");
    if (event.exception() != null) {
      throw new AssertionError(event.exception().getMessage());
    }
  }

  private String eval(String code) {
    SnippetEvent event = run(code);
    assertNull(event.exception(), () -> String.valueOf(event.exception()));
    return event.value();
  }

  private SnippetEvent run(String code) {
    SnippetEvent event = shell.eval(code).get(0);
    assertEquals(
        Snippet.Status.VALID,
        event.status(),
        () ->
            code + ": " + shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList());
    return event;
  }
}
