package org.eglr.internal.nn;

import java.util.List;
import org.eglr.internal.cpu.CpuDecoder;
import org.eglr.internal.decode.Chooser;
import org.eglr.internal.decode.ListTask;
import org.eglr.internal.decode.Trajectory;

/** One list of the plain-Java decoder. */
final class Decoding {

  private Decoding() {}

  static Trajectory decode(
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
