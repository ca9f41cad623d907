package org.eglr.internal.store;

/**
 * Something that a run and its continuation must have in common to give the same numbers.
 *
 * @param name what it is, in the user's words
 * @param value as text
 * @param remedy what to do where it differs
 */
public record Condition(String name, String value, String remedy) {}
