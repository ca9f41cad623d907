package org.eglr.internal.trees;

/**
 * A decision tree as LightGBM writes it. A child of 0 or more is an inner node, another one is leaf
 * {@code ~child}.
 *
 * @param feature which value each inner node looks at
 * @param threshold numerical: the left child's largest value; categorical: which set of ids
 * @param decision bit 0: categorical; bit 1: what is missing goes left; bits 2-3: what counts as
 *     missing: nothing, zero, NaN
 * @param left an inner node's children if the value is at most the threshold, or its id in the set
 * @param right the others
 * @param leaf each leaf's value
 * @param setStart where each set of ids begins in {@code sets}, and the last one's end
 * @param sets of ids, as bits
 */
record Tree(
    int[] feature,
    double[] threshold,
    int[] decision,
    int[] left,
    int[] right,
    double[] leaf,
    int[] setStart,
    int[] sets) {

  private static final int MISSING_ZERO = 1;
  private static final int MISSING_NAN = 2;

  /** What LightGBM takes for zero. */
  private static final double ZERO = 1e-35f;

  /** The value of the leaf that a row of values falls into; the row begins at an offset. */
  double value(double[] rows, int offset) {
    if (feature.length == 0) {
      return leaf[0];
    }
    int node = 0;
    while (node >= 0) {
      double value = rows[offset + feature[node]];
      boolean toLeft = (decision[node] & 1) == 1 ? inSet(node, value) : below(node, value);
      node = toLeft ? left[node] : right[node];
    }
    return leaf[~node];
  }

  private boolean below(int node, double given) {
    int missing = decision[node] >> 2 & 3;
    double value = Double.isNaN(given) && missing != MISSING_NAN ? 0 : given;
    if (missing == MISSING_ZERO && Math.abs(value) <= ZERO
        || missing == MISSING_NAN && Double.isNaN(value)) {
      return (decision[node] & 2) != 0;
    }
    return value <= threshold[node];
  }

  private boolean inSet(int node, double value) {
    if (!(value >= 0 && value < Integer.MAX_VALUE)) {
      return false;
    }
    int id = (int) value;
    int set = (int) threshold[node];
    int word = setStart[set] + (id >> 5);
    return word < setStart[set + 1] && (sets[word] >>> (id & 31) & 1) == 1;
  }
}
