package org.eglr.kernel.jjava;

/** A cell called a definition that uses a name which nothing defines; the message says which. */
final class UnresolvedName extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnresolvedName(String message) {
    super(message, null, false, false);
  }
}
