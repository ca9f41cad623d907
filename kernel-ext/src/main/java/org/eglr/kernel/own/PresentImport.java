package org.eglr.kernel.own;

import java.util.List;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * An import that the notebook has already. JShell would compile everything again for it; it notices
 * only where the text is the same, comments and blanks included.
 */
public final class PresentImport {

  private PresentImport() {}

  /** Whether a snippet is such an import: then there is nothing to do. */
  public static boolean is(String source, JShell shell) {
    if (!source.contains("import")) {
      return false;
    }
    List<Snippet> snippets = shell.sourceCodeAnalysis().sourceToSnippets(source);
    return snippets.size() == 1
        && snippets.get(0) instanceof ImportSnippet asked
        && shell
            .imports()
            .filter(present -> shell.status(present) == Snippet.Status.VALID)
            .anyMatch(
                present ->
                    present.fullname().equals(asked.fullname())
                        && present.subKind() == asked.subKind());
  }
}
