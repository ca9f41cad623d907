package org.eglr.internal.samediff;

import org.eglr.Settings;
import org.eglr.reasoning.Reasoning;

/** What generators have as a control has no graph: tokens that say nothing, further layers. */
public final class Controls {

  private Controls() {}

  /** Whether there is a graph of such a generator. */
  public static boolean hasGraph(Settings settings) {
    return !controlTokens(settings.reasoning()) && settings.decoderLayers() == 1;
  }

  private static boolean controlTokens(Reasoning reasoning) {
    return reasoning.budget() > 0 && reasoning.token().isControl();
  }

  /**
   * Refuses settings with such tokens or layers.
   *
   * @throws IllegalArgumentException saying what computes them
   */
  public static void refuse(Settings settings, Reasoning reasoning) {
    if (controlTokens(reasoning)) {
      throw new IllegalArgumentException(
          "setting 'token' is %s, which the SameDiff engine does not compute; use Engine.JAVA, or"
                  .formatted(reasoning.token())
              + " one of NONE, PLAIN, CONTEXT_AWARE");
    }
    if (settings.decoderLayers() > 1) {
      throw new IllegalArgumentException(
          ("setting 'decoderLayers' is %d, which the SameDiff engine does not compute; use"
                  + " Engine.JAVA, model.withEngine(Engine.JAVA), or 1 layer")
              .formatted(settings.decoderLayers()));
    }
  }
}
