package org.eglr.kernel.jjava;

/** The user stopped the cell. */
final class CellInterrupted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CellInterrupted(String message) {
    super(message, null, false, false);
  }
}
