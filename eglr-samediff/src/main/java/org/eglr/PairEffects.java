package org.eglr;

/**
 * What an evaluator adds to an item's click logit for the other items of its list, pair by pair.
 * With x^f an item's value of field f, and kernels w, c that depend on the distance j - k alone,
 * position k gets
 *
 * <pre>
 *   matches      sum_f v_f sum_{j != k} w_f[j - k] * 1[x_k^f = x_j^f]
 *   factors      sum_{r = 1..4} g_r a_r(k) sum_{j != k} c_r[j - k] b_r(j),  a(k) = sum_f A_f[x_k^f], b(j) = sum_f B_f[x_j^f]
 *   differences  sum_h u_h sum_{j != k} w_h[j - k] * tanh(x_k^h - x_j^h)
 * </pre>
 *
 * <p>f are the items' categorical fields with fewer than half as many ids as the largest of them
 * has, or at most 64: ids of single items do not repeat in a list. h are the items' dense fields,
 * as they are scaled. v, g and u start at 0, so that training starts from a model without pair
 * effects, and w, c at 1 for all distances: nothing is assumed of how far effects reach. Distances
 * from 10 on share a weight, on either side. An unknown or missing value matches nothing, not even
 * another, and has no factors. In a list of one item all is 0. Model files hold a fifth of each of
 * these weights, those of u behind those of v.
 */
public enum PairEffects {
  /** The Transformer alone has to find out what stands beside what. */
  NONE(false, false, false),
  /** Matches; the default of new models. */
  MATCH(true, false, false),
  /** Matches and factors. */
  FACTORS(true, true, false),
  /** Matches and differences. */
  DIFFERENCES(true, false, true),
  /** Matches, factors and differences. */
  ALL(true, true, true);

  private final boolean matches;
  private final boolean factors;
  private final boolean differences;

  PairEffects(boolean matches, boolean factors, boolean differences) {
    this.matches = matches;
    this.factors = factors;
    this.differences = differences;
  }

  public boolean matches() {
    return matches;
  }

  public boolean factors() {
    return factors;
  }

  public boolean differences() {
    return differences;
  }
}
