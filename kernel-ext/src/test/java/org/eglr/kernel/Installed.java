package org.eglr.kernel;

/** Runs something as in a notebook of a given kernel. */
public final class Installed {

  private Installed() {}

  public static void with(Host host, Runnable action) {
    Notebook.install(host);
    try {
      action.run();
    } finally {
      Notebook.uninstall();
    }
  }
}
