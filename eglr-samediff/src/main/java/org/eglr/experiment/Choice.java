package org.eglr.experiment;

/**
 * A value with a name for tables and files; for what has no lasting text of its own, such as a
 * lambda: {@code vary("reward", Choice.of("clicks", ...), Choice.of("diversity", ...))}.
 *
 * @param label what tables call it
 * @param value what the setting gets
 */
public record Choice(String label, Object value) {

  public static Choice of(String label, Object value) {
    return new Choice(label, value);
  }

  /** A value under its own text, unless it has a name already. */
  static Choice of(Object value) {
    return value instanceof Choice named ? named : new Choice(String.valueOf(value), value);
  }

  /** Whether its label says the same in the next process: Object's own text does not. */
  boolean lasting() {
    return value == null || !label.contains("@" + Integer.toHexString(value.hashCode()));
  }
}
