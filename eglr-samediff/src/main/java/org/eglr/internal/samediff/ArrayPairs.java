package org.eglr.internal.samediff;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Pairs as a few operations on one large array, [first, second, B * h, d / h]: for a GPU, where
 * ND4J makes a batch of small matrix products a loop of launches.
 */
public record ArrayPairs(SameDiff sd, DataType type, SDVariable ones, int width, int headWidth)
    implements TokenPairs {

  @Override
  public SDVariable products(SDVariable first, SDVariable second) {
    SDVariable each = sd.expandDims(first, 1).mul(sd.expandDims(second, 0));
    return Sums.overLast(sd, each, 4, headWidth, type);
  }

  @Override
  public SDVariable sums(SDVariable weights, SDVariable first) {
    SDVariable weighed = sd.expandDims(first, 1).mul(sd.expandDims(weights, 3));
    return Sums.overFirst(sd, ones, weighed, width);
  }
}
