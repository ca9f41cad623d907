package org.eglr.internal.cpu;

import java.util.Arrays;
import org.eglr.data.Request;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.model.PairFields;
import org.eglr.internal.model.PairScores;

/** A request's candidates as the generator needs them; shared by the lists of a group. */
final class Candidates {

  final float[] z;
  final int at;
  final int pool;
  final int row; // distance between the rows of columns
  final float[] columns; // transposed, [d, row]
  final float[] sum; // the DeepSet context (eq. 10), [d]
  private final PairScores pairs; // null where the generator has none
  private final PairFields.Pool fields;
  private final double[] added; // by pairs: [pool]

  /**
   * Takes the vectors that begin at z[at], row-major [pool, width].
   *
   * @param pairs that the generator has; null without
   * @param request which pairs look at
   */
  Candidates(float[] z, int at, int pool, int width, PairScores pairs, Request request) {
    this.pairs = pairs;
    fields = pairs == null ? null : pairs.pool(request);
    added = new double[pairs == null ? 0 : pool];
    this.z = z;
    this.at = at;
    this.pool = pool;
    row = Kernels.best().padded(pool);
    columns = new float[row * width];
    sum = new float[width];
    for (int i = 0; i < width; i++) {
      double total = 0; // in double, so that the pool's order does not matter
      for (int j = 0; j < pool; j++) {
        float value = z[at + j * width + i];
        columns[i * row + j] = value;
        total += value;
      }
      sum[i] = (float) total;
    }
  }

  /**
   * Adds what the items of a list that are chosen so far add by pairs.
   *
   * @param scores that are divided by the square root of d later; a candidate's at {@code at + j}
   */
  void addPairs(int[] order, int chosen, float[] scores, int at) {
    if (pairs == null || chosen == 0) {
      return;
    }
    Arrays.fill(added, 0);
    pairs.add(fields, order, chosen, added);
    double unscaled = Math.sqrt(sum.length);
    for (int j = 0; j < pool; j++) {
      scores[at + j] += (float) (unscaled * added[j]);
    }
  }

  /**
   * Adds the gradient of the pair scores that a choice gives.
   *
   * @param dScores gradients of the scores, as {@link #addPairs} has them
   */
  void pairsBack(int[] order, int chosen, float[] dScores, int at, double[] into) {
    double unscaled = Math.sqrt(sum.length);
    for (int j = 0; j < pool; j++) {
      added[j] = unscaled * dScores[at + j];
    }
    pairs.back(fields, order, chosen, added, into);
  }
}
