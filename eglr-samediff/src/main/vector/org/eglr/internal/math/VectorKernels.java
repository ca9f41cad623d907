package org.eglr.internal.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on the JDK's Vector API. Products are computed in tiles that stay in registers: four rows
 * by two vectors, and one row by four where rows are left. Every value is a chain of fused
 * multiply-adds in the order of the inner index, whatever its tile. No memory is read or written
 * under a mask, which JDK 17 does element by element: what is left of a row goes one by one, and
 * the last columns of a product are computed with some of their neighbours.
 *
 * <p>A sum over a row is defined by 16 partial sums, whatever the length of a vector: value i is
 * added to partial sum i mod 16, in the order of i; then the second half of the partial sums is
 * added to the first until one is left. So results are the same, to the bit, on every CPU and JDK.
 * {@code reduceLanes(ADD)} has no order: since JDK 24 compiled code adds in another than
 * interpreted code, and a training's numbers hung on when its loops were compiled.
 */
public final class VectorKernels extends Kernels {

  private static final int PARTS = FusedLoops.PARTS;

  private static final VectorSpecies<Float> S =
      FloatVector.SPECIES_PREFERRED.length() > PARTS
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final VectorShuffle<Float> SWAPPED =
      VectorShuffle.fromOp(S, lane -> (lane + L / 2) % L);

  /**
   * @throws UnsupportedOperationException if this CPU's vectors are shorter than four floats
   */
  public VectorKernels() {
    if (L < 4) {
      throw new UnsupportedOperationException("vectors of " + L + " floats");
    }
  }

  @Override
  public boolean fast() {
    return true;
  }

  @Override
  public String describe() {
    return "JDK Vector API, %d floats a vector".formatted(L);
  }

  @Override
  public int padded(int n) {
    return (n + L - 1) / L * L;
  }

  @Override
  public void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow,
      boolean add) {
    if (n < L) {
      narrow(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow, add);
      return;
    }
    int rest = n % L;
    int whole = n - rest;
    int done = L - rest; // neighbours that the last columns are computed with, done by then
    int i = 0;
    for (; i + 4 <= m; i += 4) {
      int x = aAt + i * aRow;
      int y = cAt + i * cRow;
      int j = 0;
      for (; j + 2 * L <= whole; j += 2 * L) {
        fourRows(k, a, x, aRow, aColumn, b, bAt + j, bRow, c, y + j, cRow, add);
      }
      if (j < whole) {
        fourRowsNarrow(k, a, x, aRow, aColumn, b, bAt + j, bRow, c, y + j, cRow, add, 0);
      }
      if (rest > 0) {
        int last = n - L;
        fourRowsNarrow(k, a, x, aRow, aColumn, b, bAt + last, bRow, c, y + last, cRow, add, done);
      }
    }
    for (; i < m; i++) {
      int x = aAt + i * aRow;
      int y = cAt + i * cRow;
      int j = 0;
      for (; j + 4 * L <= whole; j += 4 * L) {
        oneRow(k, a, x, aColumn, b, bAt + j, bRow, c, y + j, add);
      }
      for (; j < whole; j += L) {
        oneRowNarrow(k, a, x, aColumn, b, bAt + j, bRow, c, y + j, add, 0);
      }
      if (rest > 0) {
        int last = n - L;
        oneRowNarrow(k, a, x, aColumn, b, bAt + last, bRow, c, y + last, add, done);
      }
    }
  }

  private static void narrow(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow,
      boolean add) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = add ? c[cAt + i * cRow + j] : 0;
        for (int p = 0; p < k; p++) {
          sum = Math.fma(a[aAt + i * aRow + p * aColumn], b[bAt + p * bRow + j], sum);
        }
        c[cAt + i * cRow + j] = sum;
      }
    }
  }

  private static void fourRows(
      int k,
      float[] a,
      int a0,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int c0,
      int cRow,
      boolean add) {
    int c1 = c0 + cRow;
    int c2 = c1 + cRow;
    int c3 = c2 + cRow;
    FloatVector s00 = start(c, c0, add);
    FloatVector s01 = start(c, c0 + L, add);
    FloatVector s10 = start(c, c1, add);
    FloatVector s11 = start(c, c1 + L, add);
    FloatVector s20 = start(c, c2, add);
    FloatVector s21 = start(c, c2 + L, add);
    FloatVector s30 = start(c, c3, add);
    FloatVector s31 = start(c, c3 + L, add);
    int x = a0;
    int w = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector w0 = FloatVector.fromArray(S, b, w);
      FloatVector w1 = FloatVector.fromArray(S, b, w + L);
      FloatVector v = FloatVector.broadcast(S, a[x]);
      s00 = v.fma(w0, s00);
      s01 = v.fma(w1, s01);
      v = FloatVector.broadcast(S, a[x + aRow]);
      s10 = v.fma(w0, s10);
      s11 = v.fma(w1, s11);
      v = FloatVector.broadcast(S, a[x + 2 * aRow]);
      s20 = v.fma(w0, s20);
      s21 = v.fma(w1, s21);
      v = FloatVector.broadcast(S, a[x + 3 * aRow]);
      s30 = v.fma(w0, s30);
      s31 = v.fma(w1, s31);
      x += aColumn;
      w += bRow;
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + L);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + L);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + L);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + L);
  }

  private static void fourRowsNarrow(
      int k,
      float[] a,
      int a0,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int c0,
      int cRow,
      boolean add,
      int done) {
    int c1 = c0 + cRow;
    int c2 = c1 + cRow;
    int c3 = c2 + cRow;
    FloatVector s0 = start(c, c0, add);
    FloatVector s1 = start(c, c1, add);
    FloatVector s2 = start(c, c2, add);
    FloatVector s3 = start(c, c3, add);
    int x = a0;
    int w = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector v = FloatVector.fromArray(S, b, w);
      s0 = FloatVector.broadcast(S, a[x]).fma(v, s0);
      s1 = FloatVector.broadcast(S, a[x + aRow]).fma(v, s1);
      s2 = FloatVector.broadcast(S, a[x + 2 * aRow]).fma(v, s2);
      s3 = FloatVector.broadcast(S, a[x + 3 * aRow]).fma(v, s3);
      x += aColumn;
      w += bRow;
    }
    store(s0, c, c0, done);
    store(s1, c, c1, done);
    store(s2, c, c2, done);
    store(s3, c, c3, done);
  }

  private static void oneRow(
      int k,
      float[] a,
      int aAt,
      int aColumn,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      boolean add) {
    FloatVector s0 = start(c, cAt, add);
    FloatVector s1 = start(c, cAt + L, add);
    FloatVector s2 = start(c, cAt + 2 * L, add);
    FloatVector s3 = start(c, cAt + 3 * L, add);
    int x = aAt;
    int w = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector v = FloatVector.broadcast(S, a[x]);
      s0 = v.fma(FloatVector.fromArray(S, b, w), s0);
      s1 = v.fma(FloatVector.fromArray(S, b, w + L), s1);
      s2 = v.fma(FloatVector.fromArray(S, b, w + 2 * L), s2);
      s3 = v.fma(FloatVector.fromArray(S, b, w + 3 * L), s3);
      x += aColumn;
      w += bRow;
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, cAt + L);
    s2.intoArray(c, cAt + 2 * L);
    s3.intoArray(c, cAt + 3 * L);
  }

  private static void oneRowNarrow(
      int k,
      float[] a,
      int aAt,
      int aColumn,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      boolean add,
      int done) {
    FloatVector sum = start(c, cAt, add);
    int x = aAt;
    int w = bAt;
    for (int p = 0; p < k; p++) {
      sum = FloatVector.broadcast(S, a[x]).fma(FloatVector.fromArray(S, b, w), sum);
      x += aColumn;
      w += bRow;
    }
    store(sum, c, cAt, done);
  }

  /** Stores a vector but for its first values, which are done. */
  private static void store(FloatVector v, float[] c, int at, int done) {
    if (done == 0) {
      v.intoArray(c, at);
    } else {
      v.blend(FloatVector.fromArray(S, c, at), S.indexInRange(0, done)).intoArray(c, at);
    }
  }

  private static FloatVector start(float[] c, int at, boolean add) {
    return add ? FloatVector.fromArray(S, c, at) : FloatVector.zero(S);
  }

  @Override
  public float dot(int n, float[] x, int xAt, float[] y, int yAt) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int i = 0;
    for (; i + PARTS <= n; i += PARTS) {
      s0 = fma(x, xAt + i, y, yAt + i, s0);
      if (L <= 8) {
        s1 = fma(x, xAt + i + L, y, yAt + i + L, s1);
      }
      if (L == 4) {
        s2 = fma(x, xAt + i + 2 * L, y, yAt + i + 2 * L, s2);
        s3 = fma(x, xAt + i + 3 * L, y, yAt + i + 3 * L, s3);
      }
    }
    if (L <= 8 && i + L <= n) {
      s0 = fma(x, xAt + i, y, yAt + i, s0);
      i += L;
    }
    if (L == 4 && i + L <= n) {
      s1 = fma(x, xAt + i, y, yAt + i, s1);
      i += L;
      if (i + L <= n) {
        s2 = fma(x, xAt + i, y, yAt + i, s2);
        i += L;
      }
    }
    if (i == n) {
      return folded(s0, s1, s2, s3);
    }
    float[] parts = stored(s0, s1, s2, s3);
    for (; i < n; i++) {
      int part = i & (PARTS - 1);
      parts[part] = Math.fma(x[xAt + i], y[yAt + i], parts[part]);
    }
    return FusedLoops.folded(parts);
  }

  private static FloatVector fma(float[] x, int xAt, float[] y, int yAt, FloatVector sum) {
    return FloatVector.fromArray(S, x, xAt).fma(FloatVector.fromArray(S, y, yAt), sum);
  }

  /** The sum of x_i. */
  private static float sum(int n, float[] x, int at) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int i = 0;
    for (; i + PARTS <= n; i += PARTS) {
      s0 = s0.add(FloatVector.fromArray(S, x, at + i));
      if (L <= 8) {
        s1 = s1.add(FloatVector.fromArray(S, x, at + i + L));
      }
      if (L == 4) {
        s2 = s2.add(FloatVector.fromArray(S, x, at + i + 2 * L));
        s3 = s3.add(FloatVector.fromArray(S, x, at + i + 3 * L));
      }
    }
    if (L <= 8 && i + L <= n) {
      s0 = s0.add(FloatVector.fromArray(S, x, at + i));
      i += L;
    }
    if (L == 4 && i + L <= n) {
      s1 = s1.add(FloatVector.fromArray(S, x, at + i));
      i += L;
      if (i + L <= n) {
        s2 = s2.add(FloatVector.fromArray(S, x, at + i));
        i += L;
      }
    }
    if (i == n) {
      return folded(s0, s1, s2, s3);
    }
    float[] parts = stored(s0, s1, s2, s3);
    for (; i < n; i++) {
      parts[i & (PARTS - 1)] += x[at + i];
    }
    return FusedLoops.folded(parts);
  }

  /** The sum of the partial sums; vectors beyond {@value #PARTS} values are not looked at. */
  private static float folded(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    FloatVector sums = s0;
    if (L == 16) {
      sums = sums.add(sums.rearrange(SWAPPED));
    } else if (L == 8) {
      sums = sums.add(s1);
    } else {
      sums = sums.add(s2).add(s1.add(s3));
    }
    float even = sums.lane(0);
    float odd = sums.lane(1);
    if (L >= 8) {
      even = (even + sums.lane(4)) + (sums.lane(2) + sums.lane(6));
      odd = (odd + sums.lane(5)) + (sums.lane(3) + sums.lane(7));
    } else {
      even += sums.lane(2);
      odd += sums.lane(3);
    }
    return even + odd;
  }

  private static float[] stored(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    float[] parts = new float[PARTS];
    s0.intoArray(parts, 0);
    if (L <= 8) {
      s1.intoArray(parts, L);
    }
    if (L == 4) {
      s2.intoArray(parts, 2 * L);
      s3.intoArray(parts, 3 * L);
    }
    return parts;
  }

  @Override
  public void addScaled(int n, float a, float[] x, int xAt, float[] y, int yAt) {
    FloatVector factor = FloatVector.broadcast(S, a);
    int i = 0;
    for (; i + L <= n; i += L) {
      FloatVector v = FloatVector.fromArray(S, y, yAt + i);
      factor.fma(FloatVector.fromArray(S, x, xAt + i), v).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.fma(a, x[xAt + i], y[yAt + i]);
    }
  }

  @Override
  public void addProduct(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    int i = 0;
    for (; i + L <= n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, aAt + i);
      FloatVector v = FloatVector.fromArray(S, b, bAt + i);
      u.fma(v, FloatVector.fromArray(S, y, yAt + i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.fma(a[aAt + i], b[bAt + i], y[yAt + i]);
    }
  }

  @Override
  public void relu(int n, float[] x, int at) {
    int i = 0;
    for (; i + L <= n; i += L) {
      FloatVector.fromArray(S, x, at + i).max(0).intoArray(x, at + i);
    }
    for (; i < n; i++) {
      x[at + i] = Math.max(x[at + i], 0);
    }
  }

  @Override
  public void reluGradient(int n, float[] y, int yAt, float[] d, int dAt) {
    int i = 0;
    for (; i + L <= n; i += L) {
      FloatVector out = FloatVector.fromArray(S, y, yAt + i);
      FloatVector v = FloatVector.fromArray(S, d, dAt + i);
      v.blend(0, out.compare(VectorOperators.LE, 0)).intoArray(d, dAt + i);
    }
    for (; i < n; i++) {
      d[dAt + i] = y[yAt + i] > 0 ? d[dAt + i] : 0;
    }
  }

  @Override
  public float maximum(int n, float[] x, int at) {
    FloatVector max = FloatVector.broadcast(S, x[at]);
    int i = 0;
    for (; i + L <= n; i += L) {
      max = max.max(FloatVector.fromArray(S, x, at + i));
    }
    float largest = max.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      largest = Math.max(largest, x[at + i]);
    }
    return largest;
  }

  @Override
  public float exponentials(
      int n, float[] x, int xAt, float shift, float scale, float[] y, int yAt) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int i = 0;
    for (; i + L <= n; i += L) {
      FloatVector e = exponential(FloatVector.fromArray(S, x, xAt + i).sub(shift).mul(scale));
      e.intoArray(y, yAt + i);
      FloatVector next = s0.add(e); // partial sums go round, so that e is computed in one place
      if (L >= PARTS) {
        s0 = next;
      } else if (L == 8) {
        s0 = s1;
        s1 = next;
      } else {
        s0 = s1;
        s1 = s2;
        s2 = s3;
        s3 = next;
      }
    }
    if (n % PARTS == 0) { // all the way round
      return folded(s0, s1, s2, s3);
    }
    for (; i < n; i++) {
      y[yAt + i] = Exponential.of((x[xAt + i] - shift) * scale);
    }
    return sum(n, y, yAt);
  }

  /** As {@link Exponential#of}, operation by operation. */
  private static FloatVector exponential(FloatVector x) {
    FloatVector v = x.min(Exponential.HIGHEST);
    FloatVector rounded = v.mul(Exponential.LOG2_E).add(Exponential.ROUND);
    FloatVector k = rounded.sub(Exponential.ROUND);
    FloatVector r = v.sub(k.mul(Exponential.LOG_2_HIGH)).sub(k.mul(Exponential.LOG_2_LOW));
    FloatVector p = r.mul(Exponential.C6).add(Exponential.C5);
    p = p.mul(r).add(Exponential.C4);
    p = p.mul(r).add(Exponential.C3);
    p = p.mul(r).add(Exponential.C2);
    p = p.mul(r).mul(r).add(r).add(1);
    IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector e = p.reinterpretAsInts().add(power).reinterpretAsFloats();
    return e.blend(0, x.compare(VectorOperators.LT, Exponential.LOWEST));
  }

  @Override
  public void scale(int n, float a, float[] x, int at) {
    int i = 0;
    for (; i + L <= n; i += L) {
      FloatVector.fromArray(S, x, at + i).mul(a).intoArray(x, at + i);
    }
    for (; i < n; i++) {
      x[at + i] *= a;
    }
  }

  @Override
  public void softmaxGradient(
      int n, float mean, float scale, float[] p, int pAt, float[] d, int dAt) {
    int i = 0;
    for (; i + L <= n; i += L) {
      FloatVector v = FloatVector.fromArray(S, d, dAt + i).sub(mean).mul(scale);
      v.mul(FloatVector.fromArray(S, p, pAt + i)).intoArray(d, dAt + i);
    }
    for (; i < n; i++) {
      d[dAt + i] = (d[dAt + i] - mean) * scale * p[pAt + i];
    }
  }

  @Override
  public float normalise(int n, float[] x, int xAt, float[] y, int yAt) {
    float mean = sum(n, x, xAt) / n;
    float square;
    if (n % PARTS == 0) {
      square = centre(n, mean, x, xAt, y, yAt);
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = x[xAt + i] - mean;
      }
      square = dot(n, y, yAt, y, yAt);
    }
    float inverse = (float) (1 / Math.sqrt(square / n + 1e-5));
    scale(n, inverse, y, yAt);
    return inverse;
  }

  /** y_i = x_i - mean of whole parts; returns the sum of its squares. */
  private static float centre(int n, float mean, float[] x, int xAt, float[] y, int yAt) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    for (int i = 0; i < n; i += PARTS) {
      FloatVector v = centre(mean, x, xAt + i, y, yAt + i);
      s0 = v.fma(v, s0);
      if (L <= 8) {
        v = centre(mean, x, xAt + i + L, y, yAt + i + L);
        s1 = v.fma(v, s1);
      }
      if (L == 4) {
        v = centre(mean, x, xAt + i + 2 * L, y, yAt + i + 2 * L);
        s2 = v.fma(v, s2);
        v = centre(mean, x, xAt + i + 3 * L, y, yAt + i + 3 * L);
        s3 = v.fma(v, s3);
      }
    }
    return folded(s0, s1, s2, s3);
  }

  private static FloatVector centre(float mean, float[] x, int xAt, float[] y, int yAt) {
    FloatVector v = FloatVector.fromArray(S, x, xAt).sub(mean);
    v.intoArray(y, yAt);
    return v;
  }

  @Override
  public void normaliseGradient(
      int n, float inverse, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    float mean = sum(n, dy, dyAt) / n;
    float slope = dot(n, dy, dyAt, y, yAt) / n;
    int i = 0;
    for (; i + L <= n; i += L) {
      FloatVector d = FloatVector.fromArray(S, dy, dyAt + i).sub(mean);
      FloatVector along = FloatVector.fromArray(S, y, yAt + i).mul(slope);
      d.sub(along).mul(inverse).intoArray(dx, dxAt + i);
    }
    for (; i < n; i++) {
      dx[dxAt + i] = (dy[dyAt + i] - mean - y[yAt + i] * slope) * inverse;
    }
  }

  @Override
  public void scaleShift(int n, float[] x, int xAt, float[] a, float[] b, float[] y, int yAt) {
    int i = 0;
    for (; i + L <= n; i += L) {
      FloatVector factor = FloatVector.fromArray(S, a, i);
      FloatVector v = FloatVector.fromArray(S, x, xAt + i);
      v.fma(factor, FloatVector.fromArray(S, b, i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.fma(x[xAt + i], a[i], b[i]);
    }
  }
}
