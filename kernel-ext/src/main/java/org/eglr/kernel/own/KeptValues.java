package org.eglr.kernel.own;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControlProvider;

/**
 * Keeps the values of variables where JShell resets them: when a method, class or variable they
 * were made with is declared again, or an import comes in between. Tells of those that cannot be
 * kept.
 */
public final class KeptValues {

  private final KeptFields fields = new KeptFields();
  private final List<SnippetEvent> events = new ArrayList<>();
  private JShell shell;
  private int depth;

  /**
   * The control that a shell has to run its snippets with.
   *
   * @param provider of the control that does the work
   * @param loader of its classes
   */
  public ExecutionControlProvider around(ExecutionControlProvider provider, ClassLoader loader) {
    return around(provider, loader::loadClass);
  }

  ExecutionControlProvider around(
      ExecutionControlProvider provider, KeepingControl.Classes classes) {
    return ControlAround.of(provider, control -> new KeepingControl(control, classes, fields));
  }

  /** A snippet is about to be evaluated. */
  public void before(JShell evaluating) {
    if (shell != evaluating) {
      shell = evaluating;
      shell.onSnippetEvent(events::add);
    }
    depth++;
  }

  /**
   * A snippet has been evaluated, or has failed: brings back variables that JShell has given up.
   *
   * @return a line for each thing that the user should know, in most cases none
   */
  public List<String> after() {
    List<SnippetEvent> all = List.copyOf(events);
    events.clear();
    List<SnippetEvent> variables =
        all.stream()
            .filter(event -> event.causeSnippet() != null)
            .filter(event -> event.snippet() instanceof VarSnippet)
            .filter(event -> event.status() != Snippet.Status.OVERWRITTEN)
            .toList();
    List<String> empty = new ArrayList<>();
    List<String> old = new ArrayList<>();
    for (SnippetEvent event : variables) {
      VarSnippet variable = (VarSnippet) event.snippet();
      Optional<KeptFields.Moved> moved = fields.moved(variable.name());
      if (event.status() == Snippet.Status.VALID
          ? moved.isPresent() && !moved.get().kept() && !KeptFields.isEmpty(moved.get().value())
          : !declareAgain(variable)) {
        empty.add(variable.name() + " (" + variable.typeName() + ")");
      } else if (moved.isPresent()
          && isOfSnippet(moved.get().value())
          && !(event.causeSnippet() instanceof ImportSnippet)) {
        old.add(variable.name());
      }
    }
    events.clear();
    if (--depth == 0) {
      fields.clear(); // A cell may evaluate others.
    }
    return Stream.of(
            line(
                "Emptied, since their type was declared again: ",
                empty,
                "Run the cells that make them."),
            line(
                "With the code from before: ",
                old,
                "Run the cells that make them, for the new one."))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> line(String what, List<String> variables, String remedy) {
    List<String> sorted = variables.stream().distinct().sorted().toList();
    return sorted.isEmpty()
        ? Optional.empty()
        : Optional.of(what + String.join(", ", sorted) + ". " + remedy);
  }

  /** Whether a value is code of a cell, such as a lambda. */
  private static boolean isOfSnippet(Object value) {
    return value != null && value.getClass().getName().startsWith("REPL.$JShell$");
  }

  /** A variable whose initializer no longer compiles has a value none the less. */
  private boolean declareAgain(VarSnippet variable) {
    Field before = fields.of(variable.name()).orElse(null);
    if (before == null || before.getType() == void.class) {
      return true; // It never had one.
    }
    shell.eval("%s %s;".formatted(variable.typeName(), variable.name()));
    Field now = fields.of(variable.name()).orElse(before);
    boolean fits = now != before && KeptFields.sameType(before, now);
    if (fits) {
      KeptFields.write(now, KeptFields.read(before));
    }
    return fits || KeptFields.isEmpty(KeptFields.read(before));
  }
}
