package org.eglr.kernel;

/** A shown output that can be changed in place. */
@FunctionalInterface
public interface Display {

  /**
   * Puts other content in the place of the present one. May be called from any thread, also after
   * the cell has ended.
   */
  void update(Content content);
}
