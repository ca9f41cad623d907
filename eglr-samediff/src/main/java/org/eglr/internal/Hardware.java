package org.eglr.internal;

import org.eglr.Engine;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Gpu;
import org.eglr.internal.work.Workers;

/** Where and with what a model computes, in words. */
public final class Hardware {

  private Hardware() {}

  /**
   * @param bulk what computes all but single lists
   * @param single what writes lists that are asked for one by one
   */
  public static String describe(Engine bulk, Engine single) {
    Gpu gpu = Gpu.here();
    if (bulk == Engine.JAVA) {
      String why = gpu.usable() ? "a narrow model is faster here, device gpu would take it: " : "";
      return "CPU, plain Java, %d threads; GPU not used: %s%s"
          .formatted(Workers.shared().size(), why, gpu.found());
    }
    String apart = single == bulk ? "" : "; lists one by one on the CPU";
    return gpu.usable()
        ? "GPU, %s; %s%s".formatted(gpu.found(), Backend.describe(), apart)
        : "CPU, SameDiff on %s; GPU not used: %s".formatted(Backend.describe(), gpu.found());
  }
}
