package org.eglr.internal.math;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;

/**
 * Vector kernels that come in by degrees. Until the JVM has compiled it, vector code is a hundred
 * times slower than plain loops, which would make the first requests of a process wait. So plain
 * loops with the same results, to the bit, answer the first calls; then some calls go to the vector
 * code, which the JVM gets to know by the work at hand; then all do, through a constant that the
 * compiler sees, so that nothing of this is left.
 */
public final class StartingKernels extends Kernels {

  private static final VectorKernels VECTORS = new VectorKernels();
  private static final FusedLoops LOOPS = new FusedLoops(VECTORS.padded(1));

  /** Calls that plain loops answer alone: those of the first request. */
  private static final int ALONE = 2_000;

  /** Calls of which one in 16 is the vector code's, until all are. */
  private static final int MIXED = 60_000;

  private static final MutableCallSite STARTED = new MutableCallSite(constant(false));
  private static final MethodHandle IS_STARTED = STARTED.dynamicInvoker();
  private static int calls; // of all threads, about

  private static boolean vectors() {
    try {
      return (boolean) IS_STARTED.invokeExact() || vectorsAtStart();
    } catch (Throwable e) {
      throw new IllegalStateException(e); // a constant throws nothing
    }
  }

  private static boolean vectorsAtStart() {
    int n = ++calls;
    if (n < MIXED) {
      return n > ALONE && n * 0x9E3779B9 >>> 28 == 0; // calls come in patterns: not each 16th
    }
    STARTED.setTarget(constant(true));
    MutableCallSite.syncAll(new MutableCallSite[] {STARTED});
    return true;
  }

  private static MethodHandle constant(boolean value) {
    return MethodHandles.constant(boolean.class, value);
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
    if (vectors()) {
      VECTORS.multiply(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow, add);
    } else {
      LOOPS.multiply(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow, add);
    }
  }

  @Override
  public float dot(int n, float[] x, int xAt, float[] y, int yAt) {
    return vectors() ? VECTORS.dot(n, x, xAt, y, yAt) : LOOPS.dot(n, x, xAt, y, yAt);
  }

  @Override
  public void addScaled(int n, float a, float[] x, int xAt, float[] y, int yAt) {
    if (vectors()) {
      VECTORS.addScaled(n, a, x, xAt, y, yAt);
    } else {
      LOOPS.addScaled(n, a, x, xAt, y, yAt);
    }
  }

  @Override
  public void addProduct(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    if (vectors()) {
      VECTORS.addProduct(n, a, aAt, b, bAt, y, yAt);
    } else {
      LOOPS.addProduct(n, a, aAt, b, bAt, y, yAt);
    }
  }

  @Override
  public void relu(int n, float[] x, int at) {
    if (vectors()) {
      VECTORS.relu(n, x, at);
    } else {
      LOOPS.relu(n, x, at);
    }
  }

  @Override
  public void reluGradient(int n, float[] y, int yAt, float[] d, int dAt) {
    if (vectors()) {
      VECTORS.reluGradient(n, y, yAt, d, dAt);
    } else {
      LOOPS.reluGradient(n, y, yAt, d, dAt);
    }
  }

  @Override
  public float maximum(int n, float[] x, int at) {
    return vectors() ? VECTORS.maximum(n, x, at) : LOOPS.maximum(n, x, at);
  }

  @Override
  public float exponentials(
      int n, float[] x, int xAt, float shift, float scale, float[] y, int yAt) {
    return vectors()
        ? VECTORS.exponentials(n, x, xAt, shift, scale, y, yAt)
        : LOOPS.exponentials(n, x, xAt, shift, scale, y, yAt);
  }

  @Override
  public void scale(int n, float a, float[] x, int at) {
    if (vectors()) {
      VECTORS.scale(n, a, x, at);
    } else {
      LOOPS.scale(n, a, x, at);
    }
  }

  @Override
  public void softmaxGradient(
      int n, float mean, float scale, float[] p, int pAt, float[] d, int dAt) {
    if (vectors()) {
      VECTORS.softmaxGradient(n, mean, scale, p, pAt, d, dAt);
    } else {
      LOOPS.softmaxGradient(n, mean, scale, p, pAt, d, dAt);
    }
  }

  @Override
  public float normalise(int n, float[] x, int xAt, float[] y, int yAt) {
    return vectors() ? VECTORS.normalise(n, x, xAt, y, yAt) : LOOPS.normalise(n, x, xAt, y, yAt);
  }

  @Override
  public void normaliseGradient(
      int n, float inverse, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    if (vectors()) {
      VECTORS.normaliseGradient(n, inverse, y, yAt, dy, dyAt, dx, dxAt);
    } else {
      LOOPS.normaliseGradient(n, inverse, y, yAt, dy, dyAt, dx, dxAt);
    }
  }

  @Override
  public void scaleShift(int n, float[] x, int xAt, float[] a, float[] b, float[] y, int yAt) {
    if (vectors()) {
      VECTORS.scaleShift(n, x, xAt, a, b, y, yAt);
    } else {
      LOOPS.scaleShift(n, x, xAt, a, b, y, yAt);
    }
  }
}
