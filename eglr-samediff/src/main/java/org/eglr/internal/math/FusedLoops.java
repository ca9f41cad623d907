package org.eglr.internal.math;

/**
 * Plain loops with the sums of the Vector API's kernels: the same results, to the bit, on every
 * size. A product's values are chains of fused multiply-adds in the order of the inner index, a sum
 * over a row is made of {@value #PARTS} partial sums. They compute first, while vector code is slow
 * that the JVM has not compiled: {@link StartingKernels}.
 */
final class FusedLoops extends Kernels {

  /** Partial sums of a sum: as many as the longest vector has floats. */
  static final int PARTS = 16;

  private final int vector;

  /**
   * @param vector floats of a vector of the kernels that these stand for
   */
  FusedLoops(int vector) {
    this.vector = vector;
  }

  @Override
  public boolean fast() {
    return false;
  }

  @Override
  public String describe() {
    return "plain loops that sum as the JDK's Vector API";
  }

  @Override
  public int padded(int n) {
    return (n + vector - 1) / vector * vector;
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
    for (int i = 0; i < m; i++) {
      int from = cAt + i * cRow;
      int to = from + n;
      for (int j = from; j < to && !add; j++) {
        c[j] = 0;
      }
      int x = aAt + i * aRow;
      int w = bAt - from;
      int p = 0;
      for (; p + 4 <= k; p += 4) {
        float x0 = a[x];
        float x1 = a[x + aColumn];
        float x2 = a[x + 2 * aColumn];
        float x3 = a[x + 3 * aColumn];
        for (int j = from; j < to; j++) {
          int at = w + j;
          float sum = Math.fma(x1, b[at + bRow], Math.fma(x0, b[at], c[j]));
          c[j] = Math.fma(x3, b[at + 3 * bRow], Math.fma(x2, b[at + 2 * bRow], sum));
        }
        x += 4 * aColumn;
        w += 4 * bRow;
      }
      for (; p < k; p++) {
        for (int j = from; j < to; j++) {
          c[j] = Math.fma(a[x], b[w + j], c[j]);
        }
        x += aColumn;
        w += bRow;
      }
    }
  }

  @Override
  public float dot(int n, float[] x, int xAt, float[] y, int yAt) {
    float[] parts = new float[PARTS];
    for (int i = 0; i < n; i++) {
      int part = i & (PARTS - 1);
      parts[part] = Math.fma(x[xAt + i], y[yAt + i], parts[part]);
    }
    return folded(parts);
  }

  private static float sum(int n, float[] x, int at) {
    float[] parts = new float[PARTS];
    for (int i = 0; i < n; i++) {
      parts[i & (PARTS - 1)] += x[at + i];
    }
    return folded(parts);
  }

  /**
   * The sum of partial sums: the second half is added to the first until one is left. No loop: it
   * would be made of vectors that wait for stores.
   */
  static float folded(float[] p) {
    float even = ((p[0] + p[8]) + (p[4] + p[12])) + ((p[2] + p[10]) + (p[6] + p[14]));
    float odd = ((p[1] + p[9]) + (p[5] + p[13])) + ((p[3] + p[11]) + (p[7] + p[15]));
    return even + odd;
  }

  @Override
  public void addScaled(int n, float a, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Math.fma(a, x[xAt + i], y[yAt + i]);
    }
  }

  @Override
  public void addProduct(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Math.fma(a[aAt + i], b[bAt + i], y[yAt + i]);
    }
  }

  @Override
  public void relu(int n, float[] x, int at) {
    for (int i = at; i < at + n; i++) {
      x[i] = Math.max(x[i], 0);
    }
  }

  @Override
  public void reluGradient(int n, float[] y, int yAt, float[] d, int dAt) {
    for (int i = 0; i < n; i++) {
      d[dAt + i] = y[yAt + i] <= 0 ? 0 : d[dAt + i];
    }
  }

  @Override
  public float maximum(int n, float[] x, int at) {
    float max = x[at];
    for (int i = at + 1; i < at + n; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  @Override
  public float exponentials(
      int n, float[] x, int xAt, float shift, float scale, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Exponential.of((x[xAt + i] - shift) * scale);
    }
    return sum(n, y, yAt);
  }

  @Override
  public void scale(int n, float a, float[] x, int at) {
    for (int i = at; i < at + n; i++) {
      x[i] *= a;
    }
  }

  @Override
  public void softmaxGradient(
      int n, float mean, float scale, float[] p, int pAt, float[] d, int dAt) {
    for (int i = 0; i < n; i++) {
      d[dAt + i] = (d[dAt + i] - mean) * scale * p[pAt + i];
    }
  }

  @Override
  public float normalise(int n, float[] x, int xAt, float[] y, int yAt) {
    float mean = sum(n, x, xAt) / n;
    for (int i = 0; i < n; i++) {
      y[yAt + i] = x[xAt + i] - mean;
    }
    float square = dot(n, y, yAt, y, yAt);
    float inverse = (float) (1 / Math.sqrt(square / n + 1e-5));
    scale(n, inverse, y, yAt);
    return inverse;
  }

  @Override
  public void normaliseGradient(
      int n, float inverse, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    float mean = sum(n, dy, dyAt) / n;
    float slope = dot(n, dy, dyAt, y, yAt) / n;
    for (int i = 0; i < n; i++) {
      dx[dxAt + i] = (dy[dyAt + i] - mean - y[yAt + i] * slope) * inverse;
    }
  }

  @Override
  public void scaleShift(int n, float[] x, int xAt, float[] a, float[] b, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Math.fma(x[xAt + i], a[i], b[i]);
    }
  }
}
