package org.eglr.kernel.jjava;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.eglr.kernel.own.ErrorLines;
import org.eglr.kernel.own.MemoryReserve;

/**
 * A result could not be shown. What there is to say of the failure is asked for at once, since its
 * own code may fail or never end, too. JJava takes hold of exceptions and asks again: this is none.
 */
final class NotShown extends Error {

  private static final long serialVersionUID = 1L;

  static final String HEADLINE = "The cell has run, but its result cannot be shown:";

  private final transient List<String> lines;

  private NotShown(Throwable failure) {
    super(ErrorLines.message(failure).orElse(""), failure, false, false);
    lines = new ArrayList<>(ErrorLines.ofAny(failure));
    lines.add(0, HEADLINE);
  }

  /** What a call gives; whatever it throws, this is thrown. */
  static <T> T unless(Callable<T> call) {
    try {
      return call.call();
    } catch (Throwable failure) {
      if (MemoryReserve.isOutOfMemory(failure)) {
        MemoryReserve.free(); // before anything is allocated
      }
      throw new NotShown(failure);
    }
  }

  /** For the notebook. */
  List<String> lines() {
    return lines;
  }

  /** What a failure is called. */
  static String name(Throwable thrown) {
    Throwable failure = thrown instanceof NotShown shown ? shown.getCause() : thrown;
    return failure.getClass().getSimpleName();
  }
}
