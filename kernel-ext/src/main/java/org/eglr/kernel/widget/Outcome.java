package org.eglr.kernel.widget;

import java.util.function.Supplier;
import org.eglr.kernel.ValueDisplay;

/**
 * What came of a function.
 *
 * @param value what it gave
 * @param failure what it threw; null if it gave a value
 * @param printed what it printed
 */
record Outcome(Object value, Throwable failure, String printed) {

  /** Runs the function. */
  static Outcome of(Supplier<?> function) {
    try (PrintedLines lines = new PrintedLines()) {
      try {
        Object value = function.get();
        return new Outcome(value, null, lines.text());
      } catch (Throwable failure) {
        return new Outcome(null, failure, lines.text());
      }
    }
  }

  /** Shows the value, or in one line why there is none; some values fail only when drawn. */
  void showIn(ValueDisplay display) {
    try {
      display.update(failure == null ? value : Captions.failed(failure));
    } catch (Throwable undrawn) {
      display.update(Captions.failed(undrawn));
    }
  }
}
