package org.eglr.kernel.widget;

import java.util.Map;
import java.util.Optional;

/**
 * What a reader chooses a value with.
 *
 * @param <T> the type of the value
 */
public interface Control<T> {

  /** What the value is, such as {@code threshold}. */
  String name();

  /** The value before anything was moved. */
  T start();

  /** The values there are, in words: {@code 0 to 2.3 in steps of 0.1}. */
  String range();

  /** A value as text. */
  String text(T value);

  /** The state of the front end's model at a value, without layout and style. */
  Map<String, Object> state(T value);

  /** The value that a change of that state tells; empty if it tells none, or one out of range. */
  Optional<T> value(Map<String, Object> change);
}
