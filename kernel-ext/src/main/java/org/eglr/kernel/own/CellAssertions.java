package org.eglr.kernel.own;

/** {@code assert} in cells: without it a check that someone writes to see it fail passes. */
public final class CellAssertions {

  /** JShell puts the code of cells there. */
  private static final String CELLS = "REPL";

  private CellAssertions() {}

  /**
   * Turns assertions on in cells, and in nothing else that the loader loads, such as libraries.
   *
   * @param loader of the cells' classes, for those that it loads from now on
   */
  public static void enable(ClassLoader loader) {
    loader.setPackageAssertionStatus(CELLS, true);
  }
}
