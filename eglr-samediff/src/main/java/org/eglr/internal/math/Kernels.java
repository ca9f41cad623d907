package org.eglr.internal.math;

/**
 * Arithmetic on rows of float arrays: what the plain-Java engine is made of. A matrix is an array,
 * the place of its first value and the distance between its rows, as in BLAS. Implementations are
 * stateless to their callers and may be shared between threads; a row's result does not depend on
 * how many other rows a call computes.
 */
public abstract class Kernels {

  /** System property: {@code off} keeps to plain loops. */
  public static final String PROPERTY = "eglr.vector";

  /** A score whose exponential is 0 beside any other. */
  public static final float MASKED = -1e30f;

  private static final Kernels BEST = choose();

  /** The fastest kernels of this JVM. */
  public static Kernels best() {
    return BEST;
  }

  private static Kernels choose() {
    boolean wanted = !System.getProperty(PROPERTY, "on").equals("off");
    if (wanted && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      try {
        return (Kernels)
            Class.forName("org.eglr.internal.math.StartingKernels")
                .getDeclaredConstructor()
                .newInstance();
      } catch (ReflectiveOperationException | LinkageError e) {
        return new LoopKernels(); // built without it, or a JVM whose vectors are another version
      }
    }
    return new LoopKernels();
  }

  /** Whether these are the fastest there are, rather than what every JVM can do. */
  public abstract boolean fast();

  /** For people: what these kernels are. */
  public abstract String describe();

  /**
   * C = A B, or C += A B, with A [m, k], B [k, n] and C [m, n]. Rows of B and C are contiguous; A
   * has any strides, so that a transposed matrix needs no copy.
   *
   * @param aAt index of A's first value; likewise bAt, cAt
   * @param aRow distance between the starts of A's rows; likewise bRow, cRow
   * @param aColumn distance between neighbours in a row of A
   */
  public abstract void multiply(
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
      boolean add);

  /** The next number of columns that {@link #multiply} computes without a rest. */
  public abstract int padded(int n);

  /** The sum of x_i y_i. */
  public abstract float dot(int n, float[] x, int xAt, float[] y, int yAt);

  /** y_i += a x_i. */
  public abstract void addScaled(int n, float a, float[] x, int xAt, float[] y, int yAt);

  /** y_i += a_i b_i. */
  public abstract void addProduct(
      int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt);

  /** x_i = max(x_i, 0). */
  public abstract void relu(int n, float[] x, int at);

  /** Sets d_i to 0 where y_i, the output of {@link #relu}, is 0. */
  public abstract void reluGradient(int n, float[] y, int yAt, float[] d, int dAt);

  /** The largest x_i. */
  public abstract float maximum(int n, float[] x, int at);

  /** y_i = exp(scale (x_i - shift)); exactly 0 where that is below 1e-37. Returns their sum. */
  public abstract float exponentials(
      int n, float[] x, int xAt, float shift, float scale, float[] y, int yAt);

  /** x_i *= a. */
  public abstract void scale(int n, float a, float[] x, int at);

  /** d_i = p_i (d_i - mean) scale. */
  public abstract void softmaxGradient(
      int n, float mean, float scale, float[] p, int pAt, float[] d, int dAt);

  /** y_i = (x_i - mean) / sqrt(variance + 1e-5); returns 1 / sqrt(variance + 1e-5). */
  public abstract float normalise(int n, float[] x, int xAt, float[] y, int yAt);

  /**
   * The gradient of {@link #normalise}: dx from the gradient of its output y.
   *
   * @param inverse what normalise returned
   */
  public abstract void normaliseGradient(
      int n, float inverse, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt);

  /** y_i = x_i a_i + b_i with a and b from their start. */
  public abstract void scaleShift(
      int n, float[] x, int xAt, float[] a, float[] b, float[] y, int yAt);

  /** Turns the gradient d of p = softmax(scale x) into that of x, in place. */
  public final void softmaxGradient(int n, float scale, float[] p, int pAt, float[] d, int dAt) {
    softmaxGradient(n, dot(n, p, pAt, d, dAt), scale, p, pAt, d, dAt);
  }

  /** softmax(scale x) in place. */
  public final void softmax(int n, float[] x, int at, float scale) {
    float sum = exponentials(n, x, at, maximum(n, x, at), scale, x, at);
    scale(n, 1 / sum, x, at);
  }
}
