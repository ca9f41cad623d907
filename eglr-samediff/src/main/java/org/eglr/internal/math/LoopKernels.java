package org.eglr.internal.math;

import java.util.Arrays;

/**
 * Kernels as plain loops, for JVMs without the Vector API. The loops of {@link #multiply} run over
 * whole arrays from index 0: only that form is compiled to vector instructions.
 */
public final class LoopKernels extends Kernels {

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  /** Rows of B and of C, copied to arrays of their own. */
  private static final class Scratch {
    private float[][] b = new float[4][0];
    private float[][] c = new float[4][0];

    void fit(int n) {
      if (b[0].length < n) {
        b = new float[4][n];
        c = new float[4][n];
      }
    }
  }

  @Override
  public boolean fast() {
    return false;
  }

  @Override
  public String describe() {
    return "plain loops, a third as fast as the JDK's Vector API";
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
    Scratch scratch = SCRATCH.get();
    scratch.fit(n);
    for (int i = 0; i < m; i += 4) {
      int rows = Math.min(4, m - i);
      for (int r = 0; r < rows; r++) {
        if (add) {
          System.arraycopy(c, cAt + (i + r) * cRow, scratch.c[r], 0, n);
        } else {
          Arrays.fill(scratch.c[r], 0, n, 0);
        }
      }
      int p = 0;
      for (; p + 4 <= k; p += 4) {
        for (int q = 0; q < 4; q++) {
          System.arraycopy(b, bAt + (p + q) * bRow, scratch.b[q], 0, n);
        }
        for (int r = 0; r < rows; r++) {
          int at = aAt + (i + r) * aRow + p * aColumn;
          addFour(
              n,
              scratch.c[r],
              scratch.b,
              a[at],
              a[at + aColumn],
              a[at + 2 * aColumn],
              a[at + 3 * aColumn]);
        }
      }
      for (; p < k; p++) {
        System.arraycopy(b, bAt + p * bRow, scratch.b[0], 0, n);
        for (int r = 0; r < rows; r++) {
          addOne(n, scratch.c[r], scratch.b[0], a[aAt + (i + r) * aRow + p * aColumn]);
        }
      }
      for (int r = 0; r < rows; r++) {
        System.arraycopy(scratch.c[r], 0, c, cAt + (i + r) * cRow, n);
      }
    }
  }

  private static void addFour(int n, float[] c, float[][] b, float x, float y, float z, float w) {
    float[] b0 = b[0];
    float[] b1 = b[1];
    float[] b2 = b[2];
    float[] b3 = b[3];
    for (int j = 0; j < n; j++) {
      c[j] += x * b0[j] + y * b1[j] + z * b2[j] + w * b3[j];
    }
  }

  private static void addOne(int n, float[] c, float[] b, float x) {
    for (int j = 0; j < n; j++) {
      c[j] += x * b[j];
    }
  }

  @Override
  public int padded(int n) {
    return n;
  }

  @Override
  public float dot(int n, float[] x, int xAt, float[] y, int yAt) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xAt + i] * y[yAt + i];
    }
    return sum;
  }

  @Override
  public void addScaled(int n, float a, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] += a * x[xAt + i];
    }
  }

  @Override
  public void addProduct(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] += a[aAt + i] * b[bAt + i];
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
      d[dAt + i] = y[yAt + i] > 0 ? d[dAt + i] : 0;
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
    float sum = 0;
    for (int i = 0; i < n; i++) {
      float e = Exponential.of((x[xAt + i] - shift) * scale);
      y[yAt + i] = e;
      sum += e;
    }
    return sum;
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
      d[dAt + i] = p[pAt + i] * (d[dAt + i] - mean) * scale;
    }
  }

  @Override
  public float normalise(int n, float[] x, int xAt, float[] y, int yAt) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xAt + i];
    }
    float mean = sum / n;
    float squares = 0;
    for (int i = 0; i < n; i++) {
      float centred = x[xAt + i] - mean;
      squares += centred * centred;
    }
    float inverse = (float) (1 / Math.sqrt(squares / n + 1e-5));
    for (int i = 0; i < n; i++) {
      y[yAt + i] = (x[xAt + i] - mean) * inverse;
    }
    return inverse;
  }

  @Override
  public void normaliseGradient(
      int n, float inverse, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    float sum = 0;
    float along = 0;
    for (int i = 0; i < n; i++) {
      sum += dy[dyAt + i];
      along += dy[dyAt + i] * y[yAt + i];
    }
    float mean = sum / n;
    float slope = along / n;
    for (int i = 0; i < n; i++) {
      dx[dxAt + i] = (dy[dyAt + i] - mean - y[yAt + i] * slope) * inverse;
    }
  }

  @Override
  public void scaleShift(int n, float[] x, int xAt, float[] a, float[] b, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = x[xAt + i] * a[i] + b[i];
    }
  }
}
