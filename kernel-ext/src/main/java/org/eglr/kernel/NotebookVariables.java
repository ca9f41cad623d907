package org.eglr.kernel;

import java.util.Optional;

/** The Java variables of a notebook, as the cells see them. */
public interface NotebookVariables {

  /** The value of a variable; empty if there is none of that name, or it is null. */
  Optional<Object> get(String name);

  /**
   * Makes sure that a variable exists that can hold values of a type. Its value stays; a new
   * variable is null. To be called while the cell runs.
   *
   * @throws EglrError if the user has a variable of that name and another type
   */
  void declare(String name, Class<?> type);

  /** Assigns to a declared variable. May be called after the cell has ended. */
  void set(String name, Object value);
}
