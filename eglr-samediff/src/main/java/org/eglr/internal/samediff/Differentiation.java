package org.eglr.internal.samediff;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Has SameDiff make the graph of a loss's gradient. */
final class Differentiation {

  private Differentiation() {}

  /**
   * Makes the gradient graph, the function "grad"; ND4J would print a line per operation.
   *
   * @param variables with respect to which; the loss must depend on each
   */
  static void of(SameDiff graph, SDVariable loss, List<String> variables) {
    graph.setLossVariables(loss.name());
    synchronized (Differentiation.class) {
      PrintStream out = System.out;
      System.setOut(new PrintStream(new WithoutProgress(out), true, StandardCharsets.UTF_8));
      try {
        graph.createGradFunction(variables.toArray(String[]::new));
      } finally {
        System.setOut(out);
      }
    }
  }

  /** The names of everything that a value is computed from. */
  static Set<String> sources(SameDiff graph, SDVariable value) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(value.name()));
    while (!open.isEmpty()) {
      String name = open.pop();
      String maker = found.add(name) ? graph.getVariables().get(name).getOutputOfOp() : null;
      List<String> from = maker == null ? null : graph.getOps().get(maker).getInputsToOp();
      if (from != null) {
        open.addAll(from);
      }
    }
    return found;
  }

  /** Passes on everything but the lines that ND4J prints while it differentiates a graph. */
  private static final class WithoutProgress extends OutputStream {

    private static final String NOISE = "Added differentiated op";
    private final PrintStream out;
    private final StringBuilder line = new StringBuilder();

    WithoutProgress(PrintStream out) {
      this.out = out;
    }

    @Override
    public synchronized void write(int b) {
      line.append((char) (b & 0xFF));
      if (b == '\n') {
        flush();
      }
    }

    @Override
    public synchronized void flush() {
      String text = line.toString();
      if (NOISE.startsWith(text) && !text.isEmpty()) {
        return; // may become noise: wait for more
      }
      line.setLength(0);
      if (!text.startsWith(NOISE)) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes, 0, bytes.length);
        out.flush();
      } else if (!text.endsWith("\n")) {
        line.append(text);
      }
    }
  }
}
