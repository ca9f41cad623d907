package org.eglr.internal.cpu;

import org.eglr.internal.math.Kernels;
import org.eglr.internal.model.PairFields;

/** A request's candidates as the generator needs them; shared by the lists of a group. */
final class Candidates {

  final float[] z;
  final int at;
  final int pool;
  final int row; // distance between the rows of columns
  final float[] columns; // transposed, [d, row]
  final float[] sum; // the DeepSet context (eq. 10), [d]
  final PairFields.Pool fields; // null where the generator has no pair scores

  /** Takes the vectors that begin at z[at], row-major [pool, width]. */
  Candidates(float[] z, int at, int pool, int width, PairFields.Pool fields) {
    this.fields = fields;
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
}
