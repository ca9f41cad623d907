package org.eglr.internal.store;

/**
 * Something that a run and its continuation must have in common to give the same numbers.
 *
 * @param name what it is, in the user's words
 * @param value as text
 * @param remedy what to do where it differs
 * @param usual what it is where a checkpoint does not have it, as those of earlier releases; null:
 *     every checkpoint has it
 */
public record Condition(String name, String value, String remedy, String usual) {

  /** Of every run. */
  public Condition(String name, String value, String remedy) {
    this(name, value, remedy, null);
  }
}
