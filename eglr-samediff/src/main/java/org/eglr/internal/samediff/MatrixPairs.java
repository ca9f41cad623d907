package org.eglr.internal.samediff;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Pairs as products of a matrix for each head of a list: for a CPU, and for long lists there. */
public record MatrixPairs(SameDiff sd, int width) implements TokenPairs {

  @Override
  public SDVariable products(SDVariable first, SDVariable second) {
    SDVariable pairs = sd.mmul(byHead(first), byHead(second), false, true, false);
    return sd.permute(pairs, 1, 2, 0);
  }

  @Override
  public SDVariable sums(SDVariable weights, SDVariable first) {
    SDVariable sums = sd.mmul(sd.permute(weights, 2, 1, 0), byHead(first));
    return sd.reshape(byHead(sums), -1, width);
  }

  /** Heads and tokens change places. */
  private SDVariable byHead(SDVariable tokens) {
    return sd.permute(tokens, 1, 0, 2);
  }
}
