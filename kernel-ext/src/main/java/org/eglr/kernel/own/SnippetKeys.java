package org.eglr.kernel.own;

import java.lang.reflect.Method;
import java.util.Optional;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * The numbers by which code of a cell names definitions: all versions of one have the same, while
 * {@link Snippet#id} differs. Needs {@code --add-opens jdk.jshell/jdk.jshell=ALL-UNNAMED}.
 */
final class SnippetKeys {

  private SnippetKeys() {}

  /** The last version of a definition; empty if there is none or numbers cannot be read. */
  static Optional<DeclarationSnippet> definition(JShell shell, int key) {
    return shell
        .snippets()
        .filter(DeclarationSnippet.class::isInstance)
        .map(DeclarationSnippet.class::cast)
        .filter(snippet -> key(snippet) == key)
        .reduce((earlier, later) -> later);
  }

  private static int key(Snippet snippet) {
    try {
      Method key = opened(Snippet.class.getDeclaredMethod("key"));
      Method index = opened(key.getReturnType().getDeclaredMethod("index"));
      return (int) index.invoke(key.invoke(snippet));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return -1;
    }
  }

  private static Method opened(Method method) {
    method.setAccessible(true);
    return method;
  }
}
