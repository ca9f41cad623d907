package org.eglr.kernel;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/**
 * The variables of a JShell that runs cells in this process. JShell keeps each variable in a static
 * field of a class of its own; reading and writing that field needs no evaluation, so that it works
 * inside a running cell, between cells, and after one was interrupted. Needs {@code --add-opens
 * jdk.jshell/jdk.jshell=ALL-UNNAMED}, which tells the name of that class.
 */
final class ShellVariables implements NotebookVariables {

  private final JShell shell;
  private final boolean declares;
  private final Supplier<ClassLoader> loader;
  private final OwnVariables undeclared = new OwnVariables();

  /**
   * Wraps a shell.
   *
   * @param declares whether the shell can evaluate a declaration while a cell runs; if not, values
   *     of variables that the notebook has not declared are kept for the magics alone
   * @param loader of the cells' classes, for calls from outside of a cell
   */
  ShellVariables(JShell shell, boolean declares, Supplier<ClassLoader> loader) {
    this.shell = shell;
    this.declares = declares;
    this.loader = loader;
  }

  /** Whether the Java process was started so that variables can be reached. */
  static boolean reachable() {
    return JShell.class.getModule().isOpen("jdk.jshell", ShellVariables.class.getModule());
  }

  @Override
  public List<String> names() {
    Stream<String> declared =
        shell
            .variables()
            .filter(variable -> shell.status(variable) == Snippet.Status.VALID)
            .map(VarSnippet::name)
            .filter(name -> !name.startsWith("$"));
    return Stream.concat(declared, undeclared.names().stream()).distinct().toList();
  }

  @Override
  public Optional<Object> get(String name) {
    return field(name).map(ShellVariables::read).or(() -> undeclared.get(name));
  }

  @Override
  public void declare(String name, Class<?> type) {
    Optional<Field> present = field(name);
    if (present.isEmpty() && declares) {
      shell.eval("%s %s;".formatted(type.getCanonicalName(), name));
    } else if (present.isPresent() && !present.get().getType().isAssignableFrom(type)) {
      throw new EglrError(
          "the notebook already has a variable '%s' of type %s; choose another name with --as NAME"
              .formatted(name, present.get().getType().getSimpleName()));
    }
  }

  @Override
  public void set(String name, Object value) {
    field(name).ifPresentOrElse(field -> write(field, value), () -> undeclared.set(name, value));
  }

  private Optional<Field> field(String name) {
    return shell
        .variables()
        .filter(variable -> variable.name().equals(name))
        .filter(variable -> shell.status(variable) == Snippet.Status.VALID)
        .findFirst()
        .map(this::field);
  }

  private Field field(VarSnippet variable) {
    try {
      Method className = Snippet.class.getDeclaredMethod("classFullName");
      className.setAccessible(true);
      Class<?> holder = Class.forName((String) className.invoke(variable), true, cellLoader());
      Field field = holder.getDeclaredField(variable.name());
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException("variable '" + variable.name() + "' cannot be reached", e);
    }
  }

  private static void write(Field field, Object value) {
    try {
      field.set(null, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("variable '" + field.getName() + "' cannot be set", e);
    }
  }

  private static Object read(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("variable '" + field.getName() + "' cannot be read", e);
    }
  }

  private ClassLoader cellLoader() {
    return CallingCell.loader().orElseGet(loader);
  }
}
