package org.eglr.kernel;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** Found by JJava when the extension is on its class path. */
public final class JJavaExtension implements Extension {

  /** Never throws: JJava would die of it. */
  @Override
  public void install(BaseKernel kernel) {
    try {
      Notebook.install(new JJavaHost(kernel));
    } catch (Throwable failure) {
      System.err.println("EGLR: %eglr is not available: " + failure);
    }
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    Notebook.uninstall();
  }
}
