package org.eglr.kernel.own;

import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Whether a cell that someone types line by line can run, as a console asks at each Enter. */
public final class WholeCell {

  private WholeCell() {}

  /** Whether no line that could follow makes it run. */
  public static boolean isInvalid(String cell, SourceCodeAnalysis analysis) {
    String java;
    try {
      java = MagicSource.toJava(cell);
    } catch (IllegalArgumentException e) {
      return true; // A cell magic that is not the first.
    }
    CompletionInfo part = analysis.analyzeCompletion(java);
    while (part.completeness().isComplete()) {
      if (part.completeness() == Completeness.UNKNOWN) {
        return true;
      }
      part = analysis.analyzeCompletion(part.remaining());
    }
    return false;
  }

  /** Whether it is a cell magic whose body may go on: an empty line ends it. */
  public static boolean isOpenCellMagic(String cell) {
    int lastLine = cell.lastIndexOf('\n') + 1;
    return CellScanner.magics(cell).stream().anyMatch(magic -> magic.body() != null)
        && !cell.substring(lastLine).isBlank();
  }
}
