package org.eglr.decode;

import java.util.List;

/** How a list was made: one decision a position. */
public record Trace(List<Decision> decisions) {

  public Trace {
    decisions = List.copyOf(decisions);
  }

  /** Number of reasoning tokens in the list. */
  public int reasoningSteps() {
    return decisions.stream().mapToInt(Decision::reasoningSteps).sum();
  }
}
