package org.eglr.kernel;

/** A value that is shown as if it were a cell's result, and can be changed in place. */
@FunctionalInterface
public interface ValueDisplay {

  /**
   * Shows another value in the place of the present one. May be called from any thread, also after
   * the cell has ended.
   *
   * @param value null shows nothing
   */
  void update(Object value);
}
