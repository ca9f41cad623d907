package org.eglr;

/** A model file cannot be read or written; the message names file, part and remedy. */
public class ModelFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ModelFileException(String message) {
    super(message);
  }

  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
