package org.eglr.internal.samediff;

import java.util.Arrays;
import org.eglr.internal.math.Kernels;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * Products of many small matrices, softmax along the last dimension, and the ways back through
 * both, in Java. ND4J computes them element by element: 64 times [1, 32] by [32, 10] for two heads
 * took 450 µs, here 40. For single precision in the computer's own memory; not thread-safe.
 */
final class SmallProducts {

  private static final Kernels K = Kernels.best();

  private float[] a = {};
  private float[] b = {};
  private float[] c = {};
  private float[] d = {};

  /** Whether such an operation may be one of these. */
  static boolean concerns(DifferentialFunction op) {
    return Backend.onHost()
        && switch (op.opName()) {
          case "matmul", "matmul_bp", "softmax", "softmax_bp" -> true;
          default -> false;
        };
  }

  /**
   * Executes an operation that it {@link #concerns}.
   *
   * @param out plain arrays of the outputs' shapes
   * @return false if nothing was done, as ND4J is to execute it: matrices alone, other types,
   *     views, and what graphs here do not have
   */
  boolean execute(DynamicCustomOp op, INDArray[] in, INDArray[] out) {
    if (in[0].rank() < 3 || !all(in) || !all(out)) {
      return false;
    }
    return switch (op.opName()) {
      case "matmul" -> product(op.iArgs(), in, out[0]);
      case "matmul_bp" -> productBack(op.iArgs(), in, out);
      case "softmax" -> alongLast(op.iArgs(), in[0]) && softmax(in[0], out[0]);
      case "softmax_bp" -> alongLast(op.iArgs(), in[0]) && softmaxBack(in, out[0]);
      default -> false;
    };
  }

  private static boolean all(INDArray[] arrays) {
    return Arrays.stream(arrays)
        .allMatch(
            array ->
                array.dataType() == DataType.FLOAT
                    && array.length() > 0
                    && array.offset() == 0
                    && Replication.isPlain(array));
  }

  private static boolean alongLast(long[] dimensions, INDArray x) {
    return dimensions.length == 0 || dimensions[0] == -1 || dimensions[0] == x.rank() - 1;
  }

  // ---- products

  /**
   * C = A B of so many matrices, [m, k] and [k, n].
   *
   * @param aTransposed whether A is there as [k, m]; B likewise as [n, k]
   */
  private record Product(
      int number, int m, int n, int k, boolean aTransposed, boolean bTransposed) {

    /** Null for those that are left to ND4J. */
    static Product of(long[] flags, INDArray a, INDArray b) {
      boolean transposes = flags.length > 2 && flags[2] != 0;
      boolean aTransposed = flags[0] != 0;
      boolean bTransposed = flags[1] != 0;
      if (transposes || aTransposed && bTransposed || !sameNumber(a, b)) {
        return null;
      }
      int m = aTransposed ? columns(a) : rows(a);
      int n = bTransposed ? rows(b) : columns(b);
      int k = aTransposed ? rows(a) : columns(a);
      int number = Math.toIntExact(a.length() / m / k);
      return new Product(number, m, n, k, aTransposed, bTransposed);
    }
  }

  private boolean product(long[] flags, INDArray[] in, INDArray out) {
    Product of = Product.of(flags, in[0], in[1]);
    if (of == null) {
      return false;
    }
    a = read(in[0], a);
    b = read(in[1], b);
    c = sized(out, c);
    each(of.number, a, of.aTransposed, b, of.bTransposed, c, of.m, of.n, of.k);
    write(c, out);
    return true;
  }

  /** The gradients of A, dC B^T, and of B, A^T dC; transposed where A or B is. */
  private boolean productBack(long[] flags, INDArray[] in, INDArray[] out) {
    Product of = Product.of(flags, in[0], in[1]);
    if (of == null) {
      return false;
    }
    a = read(in[0], a);
    b = read(in[1], b);
    c = read(in[2], c);
    d = sized(out[0], d);
    if (of.aTransposed) {
      each(of.number, b, false, c, true, d, of.k, of.m, of.n);
    } else {
      each(of.number, c, false, b, !of.bTransposed, d, of.m, of.k, of.n);
    }
    write(d, out[0]);
    d = sized(out[1], d);
    if (of.bTransposed) {
      each(of.number, c, true, a, false, d, of.n, of.k, of.m);
    } else {
      each(of.number, a, !of.aTransposed, c, false, d, of.k, of.n, of.m);
    }
    write(d, out[1]);
    return true;
  }

  private static boolean sameNumber(INDArray x, INDArray y) {
    int outer = x.rank() - 2;
    return x.rank() == y.rank() && Arrays.equals(x.shape(), 0, outer, y.shape(), 0, outer);
  }

  /** Z = X Y of so many matrices [m, k] and [k, n]; X or Y is there transposed, not both. */
  private static void each(
      int number,
      float[] x,
      boolean xTransposed,
      float[] y,
      boolean yTransposed,
      float[] z,
      int m,
      int n,
      int k) {
    for (int i = 0; i < number; i++) {
      int xAt = i * m * k;
      int yAt = i * k * n;
      int zAt = i * m * n;
      if (yTransposed) {
        for (int row = 0; row < m; row++) {
          for (int column = 0; column < n; column++) {
            z[zAt + row * n + column] = K.dot(k, x, xAt + row * k, y, yAt + column * k);
          }
        }
      } else {
        int xRow = xTransposed ? 1 : k;
        int xColumn = xTransposed ? m : 1;
        K.multiply(m, n, k, x, xAt, xRow, xColumn, y, yAt, n, z, zAt, n, false);
      }
    }
  }

  // ---- softmax

  private boolean softmax(INDArray in, INDArray out) {
    a = read(in, a);
    int width = columns(in);
    for (int at = 0; at < in.length(); at += width) {
      K.softmax(width, a, at, 1);
    }
    write(a, out);
    return true;
  }

  private boolean softmaxBack(INDArray[] in, INDArray out) {
    a = read(in[0], a);
    b = read(in[1], b);
    int width = columns(out);
    for (int at = 0; at < out.length(); at += width) {
      K.softmax(width, a, at, 1);
      K.softmaxGradient(width, 1, a, at, b, at);
    }
    write(b, out);
    return true;
  }

  // ---- arrays

  private static int rows(INDArray array) {
    return Math.toIntExact(array.size(array.rank() - 2));
  }

  private static int columns(INDArray array) {
    return Math.toIntExact(array.size(array.rank() - 1));
  }

  private static float[] sized(INDArray array, float[] known) {
    int length = Math.toIntExact(array.length());
    return known.length < length ? new float[length] : known;
  }

  private static float[] read(INDArray array, float[] into) {
    float[] values = sized(array, into);
    Backend.memory(array).get(values, 0, (int) array.length());
    return values;
  }

  private static void write(float[] values, INDArray into) {
    Backend.memory(into).put(values, 0, (int) into.length());
  }
}
