package org.eglr.internal.cpu;

import org.eglr.internal.math.Kernels;
import org.eglr.internal.model.Weights;

/** y = W x + b over rows, with the weights as they were when it was made. */
final class Linear {

  private static final Kernels K = Kernels.best();

  final int in;
  final int out;
  private final String[] prefixes;
  private final float[] weight; // [out, in]
  private final float[] transposed; // [in, out]
  private final float[] bias;

  /** Layers of the same input as one, their outputs one after the other. */
  Linear(Weights weights, String... prefixes) {
    this.prefixes = prefixes;
    in = weights.get(prefixes[0] + ".weight").shape()[1];
    int size = 0;
    for (String prefix : prefixes) {
      size += weights.get(prefix + ".weight").shape()[0];
    }
    out = size;
    weight = new float[out * in];
    bias = new float[out];
    int at = 0;
    for (String prefix : prefixes) {
      float[] own = weights.data(prefix + ".bias");
      System.arraycopy(weights.data(prefix + ".weight"), 0, weight, at * in, own.length * in);
      System.arraycopy(own, 0, bias, at, own.length);
      at += own.length;
    }
    transposed = new float[out * in];
    Buffers.transpose(out, in, weight, 0, in, transposed, 0, out);
  }

  /** Y = X W^T + b. */
  void apply(int rows, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow) {
    if (out == 1) {
      for (int r = 0; r < rows; r++) {
        y[yAt + r * yRow] = bias[0] + K.dot(in, x, xAt + r * xRow, weight, 0);
      }
      return;
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(bias, 0, y, yAt + r * yRow, out);
    }
    K.multiply(rows, out, in, x, xAt, xRow, 1, transposed, 0, out, y, yAt, yRow, true);
  }

  /** dX = dY W, or dX += dY W. */
  void backward(
      int rows, float[] dy, int dyAt, int dyRow, float[] dx, int dxAt, int dxRow, boolean add) {
    K.multiply(rows, in, out, dy, dyAt, dyRow, 1, weight, 0, in, dx, dxAt, dxRow, add);
  }

  /** Gradients of W and b, summed over calls. */
  final class Gradient {

    private final float[] weights = new float[out * in];
    private final float[] biases = new float[out];

    /** dW += dY^T X, db += the sum of dY's rows. */
    void add(int rows, float[] x, int xAt, int xRow, float[] dy, int dyAt, int dyRow) {
      K.multiply(out, in, rows, dy, dyAt, 1, dyRow, x, xAt, xRow, weights, 0, in, true);
      for (int r = 0; r < rows; r++) {
        K.addScaled(out, 1, dy, dyAt + r * dyRow, biases, 0);
      }
    }

    /** Writes what was summed, by parameter name. */
    void collect(Gradients into) {
      int size = out / prefixes.length; // stacked layers are of one size
      for (int p = 0; p < prefixes.length; p++) {
        into.put(prefixes[p] + ".weight", weights, p * size * in, size * in);
        into.put(prefixes[p] + ".bias", biases, p * size, size);
      }
    }
  }
}
