package org.eglr.kernel.docs;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Runs the Java blocks of one page, in order, as a notebook would: later ones see earlier ones. */
final class GuideShell implements AutoCloseable {

  private final JShell shell = JShell.builder().executionEngine("local").build();
  private final String file;

  /**
   * @param file the page's name, for messages
   * @param imports what a notebook's kernel starts with, {@code import a.*; import b.*;}
   */
  GuideShell(String file, String imports) {
    this.file = file;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      shell.addToClasspath(entry);
    }
    for (String line : (imports + " import java.util.*;").split("(?<=;)")) {
      shell.eval(line.strip());
    }
  }

  /**
   * Runs a block.
   *
   * @param code its lines
   * @param line of the page on which it begins, from 1
   * @return what it printed, and the value of a last expression that has no semicolon
   * @throws GuideProblem if it does not compile or throws
   */
  String run(String code, int line) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    PageValue.clear();
    try {
      String rest = code;
      while (!rest.isBlank()) {
        CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
        int at = line + lines(code.substring(0, code.length() - rest.length()));
        if (next.completeness() == SourceCodeAnalysis.Completeness.DEFINITELY_INCOMPLETE) {
          throw new GuideProblem(file, at, "the block ends inside a statement");
        }
        String source = next.source() == null ? rest : next.source();
        rest = next.remaining() == null ? "" : next.remaining();
        evaluate(source, at, rest.isBlank() && isShown(source));
      }
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8) + PageValue.shown();
  }

  /** An expression without a semicolon is shown, as in a notebook. */
  private boolean isShown(String source) {
    return !source.stripTrailing().endsWith(";")
        && shell.sourceCodeAnalysis().sourceToSnippets(source).stream()
            .anyMatch(s -> s.kind() == Snippet.Kind.EXPRESSION || s.kind() == Snippet.Kind.VAR);
  }

  private void evaluate(String source, int line, boolean shown) {
    String head = shown ? PageValue.class.getName() + ".show(" : "";
    for (SnippetEvent event : shell.eval(shown ? head + source.strip() + ")" : source)) {
      if (event.status() == Snippet.Status.REJECTED) {
        Diag wrong = shell.diagnostics(event.snippet()).findFirst().orElseThrow();
        long at = wrong.getPosition() - head.length();
        int before = (int) Math.max(0, Math.min(at, source.length()));
        String message = wrong.getMessage(null).replaceAll("\\s*\\R\\s*", "; ");
        throw new GuideProblem(file, line + lines(source.substring(0, before)), message);
      }
      if (event.exception() != null) {
        Exception thrown = event.exception();
        String name = thrown instanceof EvalException e ? e.getExceptionClassName() : "";
        throw new GuideProblem(
            file, line + leadingLines(source), name + ": " + thrown.getMessage());
      }
    }
  }

  private static int leadingLines(String source) {
    return lines(source.substring(0, source.length() - source.stripLeading().length()));
  }

  private static int lines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  @Override
  public void close() {
    shell.close();
  }
}
