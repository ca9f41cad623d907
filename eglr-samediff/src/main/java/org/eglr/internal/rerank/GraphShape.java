package org.eglr.internal.rerank;

/**
 * What a graph of a model is for.
 *
 * @param batch lists that pass it together, B
 * @param pool candidates of each, N
 * @param slots items of each, K; 0 where a model scores the pool
 * @param stage index of the stage whose gradient it has; {@link #SERVING}: it makes lists; {@link
 *     #JUDGING}: the model's own evaluator says how probable clicks in lists are
 */
record GraphShape(int batch, int pool, int slots, int stage) {

  static final int SERVING = -1;
  static final int JUDGING = -2;

  private static final int[] ROWS = {1, 8, 128, 1024}; // the last two where a device takes many

  /** So many that few graphs serve all numbers, and at most a quarter is padding. */
  static int rounded(int number) {
    int step = Math.max(1, Integer.highestOneBit(number) / 4);
    return (number + step - 1) / step * step;
  }

  /**
   * Lists of a graph for so many.
   *
   * @param most lists of a graph
   */
  static int rows(int lists, int most) {
    for (int rows : ROWS) {
      if (lists <= rows && rows < most) {
        return rows;
      }
    }
    return most;
  }

  static GraphShape of(int batch, int pool, int slots, int stage) {
    int candidates = rounded(pool);
    return new GraphShape(batch, candidates, Math.min(candidates, rounded(slots)), stage);
  }
}
