package org.eglr.kernel;

import java.util.List;

/** A {@code %name arguments} line. */
@FunctionalInterface
public interface LineMagic {

  /**
   * Runs the line.
   *
   * @return what it made, or null
   */
  Object run(List<String> arguments);
}
