package org.eglr.internal.samediff;

import org.eglr.reasoning.Reasoning;

/** Reasoning tokens that are controls have no graph. */
public final class Controls {

  private Controls() {}

  /**
   * Refuses settings with such tokens.
   *
   * @throws IllegalArgumentException saying what computes them
   */
  public static void refuse(Reasoning reasoning) {
    if (reasoning.budget() > 0 && reasoning.token().isControl()) {
      throw new IllegalArgumentException(
          "setting 'token' is %s, which the SameDiff engine does not compute; use Engine.JAVA, or"
                  .formatted(reasoning.token())
              + " one of NONE, PLAIN, CONTEXT_AWARE");
    }
  }
}
