package org.eglr.internal.model;

import org.eglr.reasoning.Gate;
import org.eglr.reasoning.OpenDecision;
import org.eglr.reasoning.Reasoning;

/** Stands for a gate that was a lambda when its model was saved: a file holds no code. */
public final class LostGate implements Gate {

  public static final Gate INSTANCE = new LostGate();

  private LostGate() {}

  /**
   * Refuses settings that need the gate that is lost.
   *
   * @throws IllegalStateException saying how to give it again
   */
  public static void refuse(Reasoning reasoning) {
    if (reasoning.budget() > 0 && reasoning.gate() == INSTANCE) {
      throw lost();
    }
  }

  private static IllegalStateException lost() {
    return new IllegalStateException(
        "this model's gate was a lambda, which a file does not hold: give it again,"
            + " eglr.withReasoning(r -> r.gate(d -> ...)), or a ready one such as"
            + " Gate.entropy(1.2)");
  }

  @Override
  public boolean reason(OpenDecision decision) {
    throw lost();
  }
}
