package org.eglr.internal.model;

import java.util.List;
import org.eglr.internal.cpu.CpuDecoder;

/** One list of the plain-Java decoder. */
public final class Decoding {

  private Decoding() {}

  public static Trajectory decode(
      Architecture architecture,
      Weights generator,
      float[] z,
      int pool,
      int length,
      Chooser chooser) {
    ListTask task = new ListTask(Given.candidates(z, pool), length, chooser, null);
    return new CpuDecoder(architecture, generator).decode(List.of(task)).get(0);
  }
}
