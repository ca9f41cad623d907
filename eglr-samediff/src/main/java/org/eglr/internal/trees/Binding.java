package org.eglr.internal.trees;

/** Says whether LightGBM is there, without touching it. */
public final class Binding {

  private static final String CLASS = "io.github.metarank.lightgbm4j.LGBMBooster";

  private Binding() {}

  /**
   * @throws IllegalStateException with the remedy, if LightGBM is not on the class path
   */
  public static void require() {
    try {
      Class.forName(CLASS, false, Binding.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "LambdaMART is trained by LightGBM, which is not on the class path: add"
              + " io.github.metarank:lightgbm4j:4.3.0-1 (one that is trained ranks without it)",
          e);
    }
  }
}
