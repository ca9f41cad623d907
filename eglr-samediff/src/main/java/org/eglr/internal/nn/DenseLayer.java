package org.eglr.internal.nn;

/**
 * y = W x + b over float arrays. The matrix is kept transposed, so that the inner loop runs over
 * outputs: the JIT compiles that into vector instructions, which it may not do for a sum. Four
 * inputs share a pass over the outputs to save memory traffic.
 */
public final class DenseLayer {

  private final int in;
  private final int out;
  private final float[] transposed;
  private final float[] bias;

  /** Takes over the present values of {@code prefix.weight} [out, in] and {@code prefix.bias}. */
  public DenseLayer(Weights weights, String prefix) {
    this(weights, prefix, 0, weights.get(prefix + ".weight").shape()[1]);
  }

  /** The layer's part for inputs from (inclusive) to (exclusive). */
  public DenseLayer(Weights weights, String prefix, int from, int to) {
    int[] shape = weights.get(prefix + ".weight").shape();
    float[] matrix = weights.data(prefix + ".weight");
    out = shape[0];
    in = to - from;
    bias = weights.data(prefix + ".bias").clone();
    transposed = new float[in * out];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        transposed[i * out + o] = matrix[o * shape[1] + from + i];
      }
    }
  }

  private DenseLayer(int in, int out, float[] transposed, float[] bias) {
    this.in = in;
    this.out = out;
    this.transposed = transposed;
    this.bias = bias;
  }

  /** Layers of the same input as one, their outputs one after the other. */
  public static DenseLayer stacked(Weights weights, String... prefixes) {
    DenseLayer[] layers = new DenseLayer[prefixes.length];
    int out = 0;
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new DenseLayer(weights, prefixes[l]);
      out += layers[l].out;
    }
    int in = layers[0].in;
    DenseLayer all = new DenseLayer(in, out, new float[in * out], new float[out]);
    int from = 0;
    for (DenseLayer layer : layers) {
      System.arraycopy(layer.bias, 0, all.bias, from, layer.out);
      for (int i = 0; i < in; i++) {
        System.arraycopy(
            layer.transposed, i * layer.out, all.transposed, i * out + from, layer.out);
      }
      from += layer.out;
    }
    return all;
  }

  public int out() {
    return out;
  }

  /** Writes W x + b for the x at x[offset]. */
  public void apply(float[] x, int offset, float[] y) {
    System.arraycopy(bias, 0, y, 0, out);
    accumulate(x, offset, y);
  }

  /** Adds W x, without b. */
  public void accumulate(float[] x, int offset, float[] y) {
    float[] w = transposed;
    int n = out;
    int i = 0;
    for (; i + 4 <= in; i += 4) {
      float a = x[offset + i];
      float b = x[offset + i + 1];
      float c = x[offset + i + 2];
      float d = x[offset + i + 3];
      int row = i * n;
      for (int o = 0; o < n; o++) {
        y[o] +=
            a * w[row + o] + b * w[row + n + o] + c * w[row + 2 * n + o] + d * w[row + 3 * n + o];
      }
    }
    for (; i < in; i++) {
      float a = x[offset + i];
      int row = i * n;
      for (int o = 0; o < n; o++) {
        y[o] += a * w[row + o];
      }
    }
  }
}
