package org.eglr.internal.samediff;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sums of large arrays as operations that are fast on all backends. ND4J's own sums take several
 * times as long on a CPU, and on a GPU a block of threads for every value of the result; its
 * softmax there reads a maximum that other threads may have overwritten, where more than 32 values
 * are summed.
 */
public final class Sums {

  private Sums() {}

  /**
   * Over the first dimension.
   *
   * @param ones [1, terms]
   * @param x [terms, ..]
   * @param columns of the result
   * @return [n / columns, columns], of n sums
   */
  public static SDVariable overFirst(SameDiff sd, SDVariable ones, SDVariable x, int columns) {
    SDVariable sum = sd.tensorMmul(ones, x, new int[] {1}, 0);
    return sd.reshape(sum, -1, columns);
  }

  /** Over the last of a few dimensions, which then is none. */
  public static SDVariable overLast(
      SameDiff sd, SDVariable x, int dimensions, int terms, DataType type) {
    SDVariable ones = sd.constant(Nd4j.ones(type, terms, 1));
    int last = dimensions - 1;
    return sd.squeeze(sd.tensorMmul(x, ones, new int[] {last}, 0), last);
  }

  /**
   * Shares along the last dimension, as is fastest here: in the computer's memory by ND4J's own
   * operation, which {@link SmallProducts} takes over.
   *
   * @param dimensions of x
   */
  public static SDVariable softmaxOfLast(SameDiff sd, SDVariable x, int dimensions) {
    int last = dimensions - 1;
    return Backend.onHost() ? sd.nn().softmax(x, last) : softmax(sd, x, last);
  }

  /** Shares of values along a dimension. */
  public static SDVariable softmax(SameDiff sd, SDVariable x, int dimension) {
    SDVariable e = sd.math().exp(x.sub(sd.max(x, true, dimension)));
    return e.div(sd.sum(e, true, dimension));
  }
}
