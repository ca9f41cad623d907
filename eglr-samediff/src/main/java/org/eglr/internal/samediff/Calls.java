package org.eglr.internal.samediff;

import org.eglr.Engine;
import org.eglr.internal.check.Setting;
import org.eglr.internal.work.Workers;

/**
 * How work is cut into calls of an engine. A CPU's cores share many small calls. A GPU gets few
 * large ones, one after another: launches cost more than what they compute, and each caller would
 * hold memory of its own on the card.
 */
public final class Calls {

  /** System property: "small" or "large" calls of graphs; default: large on a GPU. */
  public static final String PROPERTY = "eglr.calls";

  private static final int LARGER = 64;

  /** A call takes at most this part of a card's free memory. */
  private static final int DEVICE_PART = 8;

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
    Setting.require(large || wanted.equals("small"), PROPERTY, wanted, "small or large");
    return large ? LARGE : SMALL;
  }

  /** The most work of a call where a CPU's worker takes {@code small}. */
  public int size(int small) {
    return large ? small * LARGER : small;
  }

  /**
   * As {@link #size(int)}, but no more than fits into the device's memory.
   *
   * @param floats that a unit of work takes there
   */
  public int size(int small, long floats) {
    if (!large) {
      return small;
    }
    long fitting = Gpu.memory() / DEVICE_PART / (Float.BYTES * floats);
    return (int) Math.max(1, Math.min(size(small), fitting));
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
