package org.eglr.internal.math;

/**
 * Vector kernels from the first moment at which they are fast: until the JVM has compiled them,
 * interpreted vector code is many times slower than plain loops, so plain loops with the same
 * results, to the bit, compute. {@link Rehearsal} has the vector code compiled meanwhile.
 */
public final class StartingKernels extends Kernels {

  private static final VectorKernels VECTORS = new VectorKernels();
  private static final FusedLoops LOOPS = new FusedLoops(VECTORS.padded(1));

  private static volatile boolean compiled;

  /** Starts a thread that ends when the vector code is compiled. */
  public StartingKernels() {
    Rehearsal.start(VECTORS, LOOPS, () -> compiled = true);
  }

  @Override
  public boolean fast() {
    return VECTORS.fast();
  }

  @Override
  public String describe() {
    return VECTORS.describe();
  }

  @Override
  public int padded(int n) {
    return VECTORS.padded(n);
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
    if (compiled) {
      VECTORS.multiply(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow, add);
    } else {
      LOOPS.multiply(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow, add);
    }
  }

  @Override
  public float dot(int n, float[] x, int xAt, float[] y, int yAt) {
    return compiled ? VECTORS.dot(n, x, xAt, y, yAt) : LOOPS.dot(n, x, xAt, y, yAt);
  }

  @Override
  public void addScaled(int n, float a, float[] x, int xAt, float[] y, int yAt) {
    if (compiled) {
      VECTORS.addScaled(n, a, x, xAt, y, yAt);
    } else {
      LOOPS.addScaled(n, a, x, xAt, y, yAt);
    }
  }

  @Override
  public void addProduct(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    if (compiled) {
      VECTORS.addProduct(n, a, aAt, b, bAt, y, yAt);
    } else {
      LOOPS.addProduct(n, a, aAt, b, bAt, y, yAt);
    }
  }

  @Override
  public void relu(int n, float[] x, int at) {
    if (compiled) {
      VECTORS.relu(n, x, at);
    } else {
      LOOPS.relu(n, x, at);
    }
  }

  @Override
  public void reluGradient(int n, float[] y, int yAt, float[] d, int dAt) {
    if (compiled) {
      VECTORS.reluGradient(n, y, yAt, d, dAt);
    } else {
      LOOPS.reluGradient(n, y, yAt, d, dAt);
    }
  }

  @Override
  public float maximum(int n, float[] x, int at) {
    return compiled ? VECTORS.maximum(n, x, at) : LOOPS.maximum(n, x, at);
  }

  @Override
  public float exponentials(
      int n, float[] x, int xAt, float shift, float scale, float[] y, int yAt) {
    return compiled
        ? VECTORS.exponentials(n, x, xAt, shift, scale, y, yAt)
        : LOOPS.exponentials(n, x, xAt, shift, scale, y, yAt);
  }

  @Override
  public void scale(int n, float a, float[] x, int at) {
    if (compiled) {
      VECTORS.scale(n, a, x, at);
    } else {
      LOOPS.scale(n, a, x, at);
    }
  }

  @Override
  public void softmaxGradient(
      int n, float mean, float scale, float[] p, int pAt, float[] d, int dAt) {
    if (compiled) {
      VECTORS.softmaxGradient(n, mean, scale, p, pAt, d, dAt);
    } else {
      LOOPS.softmaxGradient(n, mean, scale, p, pAt, d, dAt);
    }
  }

  @Override
  public float normalise(int n, float[] x, int xAt, float[] y, int yAt) {
    return compiled ? VECTORS.normalise(n, x, xAt, y, yAt) : LOOPS.normalise(n, x, xAt, y, yAt);
  }

  @Override
  public void normaliseGradient(
      int n, float inverse, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    if (compiled) {
      VECTORS.normaliseGradient(n, inverse, y, yAt, dy, dyAt, dx, dxAt);
    } else {
      LOOPS.normaliseGradient(n, inverse, y, yAt, dy, dyAt, dx, dxAt);
    }
  }

  @Override
  public void scaleShift(int n, float[] x, int xAt, float[] a, float[] b, float[] y, int yAt) {
    if (compiled) {
      VECTORS.scaleShift(n, x, xAt, a, b, y, yAt);
    } else {
      LOOPS.scaleShift(n, x, xAt, a, b, y, yAt);
    }
  }
}
