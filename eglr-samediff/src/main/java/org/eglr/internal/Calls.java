package org.eglr.internal;

import org.eglr.Engine;
import org.eglr.Settings;
import org.eglr.internal.nn.Backend;

/**
 * How work is cut into calls of an engine. A CPU's cores share many small calls. A GPU gets few
 * large ones, one after another: launches cost more than what they compute, and each caller would
 * hold memory of its own on the card.
 */
public final class Calls {

  /** System property: "small" or "large" calls of graphs; default: large on a GPU. */
  public static final String PROPERTY = "eglr.calls";

  private static final int LARGER = 32;
  private static final Calls SMALL = new Calls(false);
  private static final Calls LARGE = new Calls(true);

  private final boolean large;
  private final Workers single; // null: all workers call

  private Calls(boolean large) {
    this.large = large;
    single = large ? Workers.one() : null;
  }

  public static Calls of(Engine engine) {
    if (engine == Engine.JAVA) {
      return SMALL;
    }
    String wanted = System.getProperty(PROPERTY);
    if (wanted == null) {
      return Backend.onHost() ? SMALL : LARGE;
    }
    boolean large = wanted.equals("large");
    Settings.require(large || wanted.equals("small"), PROPERTY, wanted, "small or large");
    return large ? LARGE : SMALL;
  }

  /** The most work of a call where a CPU's worker takes {@code small}. */
  public int size(int small) {
    return large ? small * LARGER : small;
  }

  /** Who calls. */
  public Workers callers() {
    return large ? single : Workers.shared();
  }

  /** Whether the callers leave the other cores idle, so that they can prepare a call's input. */
  public boolean oneCaller() {
    return large;
  }
}
