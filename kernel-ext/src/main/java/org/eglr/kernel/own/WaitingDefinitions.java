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
  private final Set<DeclarationSnippet> before = new HashSet<>();

  /** Those that came with this cell, and the line on which each begins; 0 if it is not its. */
  private final Map<DeclarationSnippet, Integer> lines = new LinkedHashMap<>();

  private int read;

  /** A cell is about to be evaluated. */
  public WaitingDefinitions(JShell shell, String cell) {
    this.shell = shell;
    this.names = new MissingNames(shell);
    this.cell = cell;
    waiting().forEach(before::add);
  }

  /** A piece of the cell was evaluated, or has failed; pieces come in their order. */
  public void after(String piece) {
    String code = piece.strip();
    int start = cell.indexOf(code, read);
    read = start < 0 ? read : start + code.length();
    waiting()
        .filter(snippet -> !before.contains(snippet))
        .forEach(
            snippet -> {
              int at = start < 0 ? -1 : code.indexOf(snippet.source().strip());
              if (at >= 0) {
                lines.putIfAbsent(snippet, 1 + MissingName.lines(cell.substring(0, start + at)));
              } else if (!(snippet instanceof VarSnippet)) { // KeptValues tells of these.
                lines.putIfAbsent(snippet, 0);
              }
            });
  }

  /** The end of a cell that another one evaluated, which will tell of this one's. */
  public void endIn(WaitingDefinitions outer) {
    lines.forEach(outer.lines::putIfAbsent);
  }

  /** The end of the cell: a line for each definition that waits still. */
  public List<String> end() {
    return lines.entrySet().stream()
        .filter(entry -> names.isWaiting(entry.getKey()))
        .map(entry -> names.waiting(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Stream<DeclarationSnippet> waiting() {
    return shell
        .snippets()
        .filter(DeclarationSnippet.class::isInstance)
        .map(DeclarationSnippet.class::cast)
        .filter(names::isWaiting);
  }
}
