package org.eglr.kernel.own;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.spi.SPIResolutionException;

/**
 * Says which names a definition uses that nothing defines. JShell takes such a definition, since
 * the name may come later, and throws where it is called.
 */
public final class MissingNames {

  private static final int MOST_CAUSES = 100;

  private final JShell shell;

  /** Of the definitions of a shell. */
  public MissingNames(JShell shell) {
    this.shell = shell;
  }

  /** Why a call failed, if the reason is such a name; with what was said around it. */
  public Optional<String> explain(Throwable failure) {
    String around = "";
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (cause instanceof UnresolvedReferenceException unresolved) {
        return Optional.of(around + called(unresolved.getSnippet()));
      }
      if (cause instanceof SPIResolutionException unresolved) {
        String rest =
            SnippetKeys.definition(shell, unresolved.id())
                .map(this::called)
                .orElse("a method of a cell uses a name that is not defined");
        return Optional.of(around + rest);
      }
      around = around.isEmpty() ? around(cause) : around;
      cause = causeOf(cause);
    }
    return Optional.empty();
  }

  /** A user's exception may throw where it is asked for its cause. */
  private static Throwable causeOf(Throwable failure) {
    try {
      return failure.getCause();
    } catch (Throwable unknown) {
      return null;
    }
  }

  /** What a wrapper says by itself; empty if it only quotes the exceptions explained here. */
  private static String around(Throwable wrapper) {
    String said = ErrorLines.message(wrapper).orElse("null");
    boolean quotes =
        said.equals("null")
            || said.endsWith("resolution exception")
            || said.contains(UnresolvedReferenceException.class.getName());
    String type =
        wrapper instanceof EvalException known ? known.getExceptionClassName() + ": " : "";
    return quotes ? "" : type + said + ": ";
  }

  private String called(DeclarationSnippet snippet) {
    if (missing(snippet).isEmpty()) {
      return title(snippet)
          + " could not run when this code was made: run the cell again that makes it";
    }
    boolean whole = !(snippet instanceof TypeDeclSnippet);
    return (whole ? "" : "some of ") + title(snippet) + " cannot run: " + reason(snippet, 0);
  }

  /**
   * The line for a definition that waits for names.
   *
   * @param first the line of the cell on which it begins, from 1; 0 if it is of another cell
   */
  String waiting(DeclarationSnippet snippet, int first) {
    String state =
        shell.status(snippet) == Status.RECOVERABLE_NOT_DEFINED
            ? " is not defined yet: "
            : snippet instanceof TypeDeclSnippet
                ? " is defined, but some of it cannot run yet: "
                : " is defined but cannot run yet: ";
    return title(snippet) + state + reason(snippet, first);
  }

  /** Whether a definition waits for names. */
  boolean isWaiting(DeclarationSnippet snippet) {
    Status status = shell.status(snippet);
    return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
  }

  private List<MissingName> missing(DeclarationSnippet snippet) {
    return isWaiting(snippet)
        ? shell
            .unresolvedDependencies(snippet)
            .distinct()
            .map(text -> MissingName.of(text, snippet.source()))
            .toList()
        : List.of();
  }

  private String reason(DeclarationSnippet snippet, int first) {
    List<MissingName> missing = missing(snippet);
    String names =
        missing.stream().map(name -> name.text(first)).collect(Collectors.joining(", no "));
    return "there is no %s. %s"
        .formatted(
            names,
            missing.size() == 1
                ? "Correct the name, or define it."
                : "Correct the names, or define them.");
  }

  private static String title(DeclarationSnippet snippet) {
    if (snippet instanceof MethodSnippet method) {
      return "%s(%s)".formatted(method.name(), method.parameterTypes());
    }
    String kind = snippet.subKind().name().replace("_SUBKIND", "").replace('_', ' ');
    return snippet instanceof TypeDeclSnippet
        ? kind.toLowerCase(Locale.ROOT) + " " + snippet.name()
        : snippet.name();
  }
}
