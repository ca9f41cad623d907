package org.eglr.kernel;

/**
 * A refusal that a notebook shows as one red line: what is wrong and what to do. It is an {@link
 * Error} without a stack trace because kernels wrap exceptions of a magic into others, trace and
 * all, while such an error passes through them as it is.
 */
public final class EglrError extends Error {

  private static final long serialVersionUID = 1L;

  public EglrError(String message) {
    super(message, null, false, false);
  }
}
