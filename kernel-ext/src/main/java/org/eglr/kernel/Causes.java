package org.eglr.kernel;

import java.util.function.Predicate;

/**
 * What caused a failure, as far as it can be told: causes may go round in a circle, and asking for
 * one may throw.
 */
public final class Causes {

  /** Nobody reads more; a circle ends here. */
  private static final int MOST = 100;

  private Causes() {}

  /**
   * The first of a failure and its causes that is meant; null if none is. Allocates nothing.
   *
   * @param failure null: none
   */
  public static Throwable first(Throwable failure, Predicate<Throwable> meant) {
    Throwable cause = failure;
    for (int i = 0; i < MOST && cause != null; i++) {
      if (meant.test(cause)) {
        return cause;
      }
      cause = of(cause);
    }
    return null;
  }

  private static Throwable of(Throwable failure) {
    try {
      return failure.getCause();
    } catch (Throwable unknown) {
      return null;
    }
  }
}
