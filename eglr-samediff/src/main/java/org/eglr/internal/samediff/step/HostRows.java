package org.eglr.internal.samediff.step;

import java.util.Arrays;
import org.eglr.internal.samediff.Backend;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a step has for each list's candidates [B, N], copied to the host when it is wanted. */
final class HostRows {

  private final INDArray array;
  private float[] values;

  HostRows(INDArray array) {
    this.array = array;
  }

  /** The first numbers of list b. */
  float[] row(int b, int count) {
    if (values == null) {
      values = Backend.floats(array); // one copy for all lists that are watched
    }
    int from = b * (int) array.size(1);
    return Arrays.copyOfRange(values, from, from + count);
  }
}
