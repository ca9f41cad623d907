package org.eglr.kernel;

/** Paths as people write them. */
public final class HomeFolder {

  private HomeFolder() {}

  /** A path with the home folder's name in the place of {@code ~}. */
  public static String inFull(String path) {
    return path.equals("~") || path.startsWith("~/")
        ? System.getProperty("user.home") + path.substring(1)
        : path;
  }
}
