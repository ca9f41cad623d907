package org.eglr.data;

/** How a field's values enter a model. */
public enum FieldKind {
  /** One of a set of values; looked up in a {@link Vocabulary} and embedded. */
  CATEGORICAL,
  /** A real number; standardised by a {@link Scaling}. */
  DENSE
}
