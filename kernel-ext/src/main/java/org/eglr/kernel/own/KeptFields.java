package org.eglr.kernel.own;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The fields that hold the notebook's variables. JShell gives a variable a new field, which is
 * empty, whenever something that it was made with is declared again; here it gets its value back if
 * its type is still the same.
 */
final class KeptFields {

  /** A variable whose field was replaced. */
  record Moved(Object value, boolean kept) {}

  private static final String HOLDER = "REPL\\.\\$JShell\\$\\w+";

  private final Map<String, Field> present = new HashMap<>();
  private final Map<String, Moved> moved = new HashMap<>();

  /** Whether a class is of a snippet itself, not one that a snippet declares. */
  static boolean isSnippet(String className) {
    return className.matches(HOLDER);
  }

  /** A snippet's class is there, and none of its code has run. */
  synchronized void loaded(Class<?> holder) {
    for (Field field : holder.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
        field.setAccessible(true);
        Field before = present.put(field.getName(), field);
        if (before != null && before.getDeclaringClass() != holder) {
          move(before, field);
        }
      }
    }
  }

  private void move(Field from, Field to) {
    Object value = read(from);
    boolean kept = sameType(from, to);
    Moved earlier = moved.get(to.getName());
    if (kept) {
      write(to, value);
    }
    // Of several moves in one go the first one lost the value.
    if (earlier == null || earlier.kept()) {
      moved.put(to.getName(), new Moved(value, kept));
    }
  }

  /** What became of a variable since {@link #clear}; empty if it has the field of before. */
  synchronized Optional<Moved> moved(String variable) {
    return Optional.ofNullable(moved.get(variable));
  }

  synchronized void clear() {
    moved.clear();
  }

  /** The field of a variable, also where JShell has given the variable up. */
  synchronized Optional<Field> of(String variable) {
    return Optional.ofNullable(present.get(variable));
  }

  static boolean sameType(Field a, Field b) {
    try {
      Type type = a.getGenericType();
      return type.equals(b.getGenericType());
    } catch (TypeNotPresentException | LinkageError e) {
      return false;
    }
  }

  static Object read(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // Made accessible when it was found.
    }
  }

  static void write(Field field, Object value) {
    try {
      field.set(null, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a value is what an empty field holds; calls nothing of the value's own. */
  static boolean isEmpty(Object value) {
    return value == null
        || Boolean.FALSE.equals(value)
        || Character.valueOf('\0').equals(value)
        || value instanceof Number number
            && value.getClass().getPackageName().equals("java.lang")
            && Objects.equals(number.doubleValue(), 0.0);
  }
}
