package org.eglr.kernel;

import java.util.List;

/** A cell that begins with {@code %%name arguments}. */
@FunctionalInterface
public interface CellMagic {

  /**
   * Runs the cell.
   *
   * @param arguments those of its first line
   * @param body its other lines
   * @return what it made, or null
   */
  Object run(List<String> arguments, String body);
}
