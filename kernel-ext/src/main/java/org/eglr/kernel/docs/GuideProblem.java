package org.eglr.kernel.docs;

/** Something wrong in a page of the guide: file, line, what. */
public final class GuideProblem extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param line from 1
   */
  GuideProblem(String file, int line, String what) {
    super(file + ":" + line + ": " + what);
  }
}
