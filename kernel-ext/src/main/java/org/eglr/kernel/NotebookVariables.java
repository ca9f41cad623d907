package org.eglr.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The Java variables of a notebook, as the cells see them. */
public interface NotebookVariables {

  /** The value of a variable; empty if there is none of that name, or it is null. */
  Optional<Object> get(String name);

  /** The names of all variables, in no particular order. */
  List<String> names();

  /**
   * Makes sure that a variable exists that can hold values of a type. Its value stays; a new
   * variable is null. To be called while the cell runs.
   *
   * @throws EglrError if the user has a variable of that name and another type
   */
  void declare(String name, Class<?> type);

  /** Assigns to a declared variable. May be called after the cell has ended. */
  void set(String name, Object value);

  /** Whether a value can stand in an argument: numbers, text, paths, switches. */
  static boolean isSimple(Object value) {
    return value instanceof Number
        || value instanceof CharSequence
        || value instanceof Boolean
        || value instanceof Enum<?>
        || value instanceof Path
        || value instanceof File;
  }
}
