package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;

/** Stands in for IJava's main class, of which the extension asks for the running kernel. */
public final class IJava {

  private static BaseKernel kernel;

  private IJava() {}

  public static BaseKernel getKernelInstance() {
    return kernel;
  }

  /** Starts and stops the double; IJava itself has no such method. */
  public static void run(BaseKernel running) {
    kernel = running;
  }
}
