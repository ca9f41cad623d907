package org.eglr.rerank;

/** Refuses what is not trained. */
final class Untrained {

  private Untrained() {}

  /** The state that training leaves; null before. */
  static <T> T require(T state, String name) {
    if (state == null) {
      throw new IllegalStateException(
          "'%s' is not trained: call its train first, or load one".formatted(name));
    }
    return state;
  }
}
