package org.eglr.internal.samediff;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What attention does with all pairs of a list's tokens. Tokens are [T, B * h, d / h], weights of
 * pairs [first, second, B * h].
 */
public interface TokenPairs {

  /** The products of two tokens, summed over a head, for each pair: [first, second, B * h]. */
  SDVariable products(SDVariable first, SDVariable second);

  /**
   * Weighed sums of the first tokens for each second one: rows [T * B, d].
   *
   * @param weights [first, second, B * h]
   */
  SDVariable sums(SDVariable weights, SDVariable first);
}
