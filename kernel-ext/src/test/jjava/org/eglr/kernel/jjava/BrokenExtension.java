package org.eglr.kernel.jjava;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** Stands in a services file of OwnKernelTest. */
public final class BrokenExtension implements Extension {

  @Override
  public void install(BaseKernel kernel) {
    throw new NoClassDefFoundError("gone");
  }
}
