package org.eglr.kernel.own;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/** The names for which the compiler refused code, each said once. */
public final class RejectedNames {

  private static final String CANNOT_RESOLVE = "compiler.err.cant.resolve";

  private RejectedNames() {}

  /** All that is to say of a {@code %%check} that lacks names; empty for anything else. */
  public static List<String> ofCheck(JShell shell, Snippet snippet) {
    return !snippet.source().startsWith(MagicSource.CHECK_CALL)
        ? List.of()
        : methods(shell, snippet).entrySet().stream()
            .map(
                name ->
                    waiting(shell, name.getKey()).orElse(name.getKey() + remedy(name.getValue())))
            .toList();
  }

  /** What to add to the compiler's own words: names that a cell has, but cannot define yet. */
  public static List<String> waiting(JShell shell, Snippet snippet) {
    return methods(shell, snippet).keySet().stream()
        .flatMap(name -> waiting(shell, name).stream())
        .toList();
  }

  private static String remedy(boolean method) {
    return method
        ? " is not defined: run the exercise's cell first (and mend what it says)"
        : " is not defined: run the cells above first (and mend what they say)";
  }

  private static Optional<String> waiting(JShell shell, String name) {
    MissingNames names = new MissingNames(shell);
    return shell
        .snippets()
        .flatMap(s -> s instanceof DeclarationSnippet known ? Stream.of(known) : Stream.empty())
        .filter(known -> known.name().equals(name))
        .filter(known -> shell.status(known) == Snippet.Status.RECOVERABLE_NOT_DEFINED)
        .map(known -> names.waiting(known, 0))
        .findFirst();
  }

  /** Each name, and whether it is of a method. */
  private static Map<String, Boolean> methods(JShell shell, Snippet snippet) {
    Map<String, Boolean> methods = new LinkedHashMap<>();
    shell
        .diagnostics(snippet)
        .filter(wrong -> wrong.getCode().startsWith(CANNOT_RESOLVE))
        .forEach(
            wrong -> {
              String name = name(snippet.source(), wrong);
              if (SourceVersion.isIdentifier(name)) { // not a member: text.lengthh()
                methods.putIfAbsent(name, wrong.getCode().endsWith(".args"));
              }
            });
    return methods;
  }

  private static String name(String source, Diag wrong) {
    long start = wrong.getStartPosition();
    long end = wrong.getEndPosition();
    return start < 0 || end > source.length() || end < start
        ? ""
        : source.substring((int) start, (int) end);
  }
}
