package org.eglr.kernel.own;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;

/** The definitions of one cell that use names which nothing defines when the cell has run. */
public final class WaitingDefinitions {

  private final JShell shell;
  private final MissingNames names;
  private final String cell;
  private final Set<DeclarationSnippet> waitedBefore = new HashSet<>();
  private final Set<DeclarationSnippet> ranBefore = new HashSet<>();

  /** Those that came with this cell, and the line on which each begins; 0 if it is not its. */
  private final Map<DeclarationSnippet, Integer> lines = new LinkedHashMap<>();

  private int read;

  /** A cell is about to be evaluated. */
  public WaitingDefinitions(JShell shell, String cell) {
    this.shell = shell;
    this.names = new MissingNames(shell);
    this.cell = cell;
    definitions().forEach(known -> (names.isWaiting(known) ? waitedBefore : ranBefore).add(known));
  }

  /** A piece of the cell was evaluated, or has failed; pieces come in their order. */
  public void after(String piece) {
    String code = piece.strip();
    int start = cell.indexOf(code, read);
    read = start < 0 ? read : start + code.length();
    definitions()
        .filter(names::isWaiting)
        .filter(snippet -> !waitedBefore.contains(snippet))
        .forEach(
            snippet -> {
              int at = start < 0 ? -1 : code.indexOf(snippet.source().strip());
              if (at >= 0) {
                lines.putIfAbsent(snippet, 1 + MissingName.lines(cell.substring(0, start + at)));
              } else if (ranBefore.contains(snippet) && !(snippet instanceof VarSnippet)) {
                lines.putIfAbsent(snippet, 0); // KeptValues tells of variables.
              }
            });
  }

  /** The end of the cell: a line for each definition that waits still. */
  public List<String> end() {
    return lines.entrySet().stream()
        .filter(entry -> names.isWaiting(entry.getKey()))
        .map(entry -> names.waiting(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Stream<DeclarationSnippet> definitions() {
    return shell
        .snippets()
        .filter(DeclarationSnippet.class::isInstance)
        .map(DeclarationSnippet.class::cast);
  }
}
