package org.eglr.kernel;

import java.util.Optional;
import org.eglr.kernel.magic.EglrMagic;
import org.eglr.kernel.view.Renderers;

/** The notebook kernel this Java process serves, if any. */
public final class Notebook {

  private static Host host;

  private Notebook() {}

  /** Gives a kernel the magics and renderers. */
  static synchronized void install(Host kernel) {
    QuietLogging.apply();
    Renderers.register(kernel);
    EglrMagic magic = new EglrMagic(kernel);
    kernel.registerLineMagic("eglr", magic::line);
    kernel.registerCellMagic("eglr", magic::cell);
    host = kernel;
  }

  static synchronized void uninstall() {
    if (host != null) {
      host.close();
      host = null;
    }
  }

  /** The kernel; empty outside of a notebook. */
  public static synchronized Optional<Host> host() {
    return Optional.ofNullable(host);
  }
}
