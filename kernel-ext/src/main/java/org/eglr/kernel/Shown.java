package org.eglr.kernel;

import java.util.function.Function;

/** A value as a cell's result, or an exception: kernels die of an Error in a renderer. */
final class Shown {

  private Shown() {}

  static <T> Content of(Function<? super T, Content> view, T value) {
    try {
      return view.apply(value);
    } catch (Error e) {
      throw new IllegalStateException("this value cannot be shown: " + e, e);
    }
  }
}
