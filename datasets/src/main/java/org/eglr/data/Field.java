package org.eglr.data;

import java.util.Objects;

/**
 * A named attribute of users or of items.
 *
 * @param name what reports and error messages call it
 * @param kind categorical or dense
 */
public record Field(String name, FieldKind kind) {

  public Field {
    Objects.requireNonNull(kind, "kind");
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("a field needs a name");
    }
  }

  public static Field categorical(String name) {
    return new Field(name, FieldKind.CATEGORICAL);
  }

  public static Field dense(String name) {
    return new Field(name, FieldKind.DENSE);
  }
}
