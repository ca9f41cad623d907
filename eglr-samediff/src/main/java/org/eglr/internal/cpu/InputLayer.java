package org.eglr.internal.cpu;

import java.util.Arrays;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.model.Sinusoid;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;

/**
 * x = W [token ; position encoding] + b (eq. 7, 11). What the position contributes is computed once
 * a position.
 */
final class InputLayer {

  private static final Kernels K = Kernels.best();

  final int width;
  private final int encoding;
  private final float[] weight; // [d, d + p]
  private final float[] token; // [d, d]: the token's part, transposed
  private final float[] bias;
  private volatile float[] positions = new float[0]; // [capacity, d]

  InputLayer(Weights weights) {
    Tensor tensor = weights.get("inp.weight");
    width = tensor.shape()[0];
    encoding = tensor.shape()[1] - width;
    weight = tensor.data().clone();
    bias = weights.data("inp.bias").clone();
    token = new float[width * width];
    Buffers.transpose(width, width, weight, 0, width + encoding, token, 0, width);
  }

  /** The contribution of the first positions and more, with the bias: [at least wanted, d]. */
  float[] positions(int wanted) {
    float[] known = positions;
    if (known.length < wanted * width) {
      int count = Math.max(64, 2 * wanted);
      float[] encodings = Sinusoid.rows(count, encoding);
      known = new float[count * width];
      for (int n = 0; n < count; n++) {
        for (int o = 0; o < width; o++) {
          double sum = bias[o];
          for (int i = 0; i < encoding; i++) {
            sum += encodings[n * encoding + i] * weight[o * (width + encoding) + width + i];
          }
          known[n * width + o] = (float) sum;
        }
      }
      positions = known;
    }
    return known;
  }

  /** Adds the tokens' contribution to rows that hold their positions'. */
  void addTokens(int rows, float[] tokens, int tokensAt, float[] x, int xAt) {
    K.multiply(
        rows, width, width, tokens, tokensAt, width, 1, token, 0, width, x, xAt, width, true);
  }

  /** The tokens' gradient from x's. */
  void backward(int rows, float[] dx, int dxAt, float[] dTokens, int at) {
    int row = width + encoding;
    K.multiply(rows, width, width, dx, dxAt, width, 1, weight, 0, row, dTokens, at, width, false);
  }

  /** Gradients of W and b, summed over calls. */
  final class Gradient {

    private final float[] weights = new float[weight.length];
    private final float[] biases = new float[width];
    private float[] atPosition = new float[0]; // [capacity, d]
    private int count;

    /** Takes rows of tokens; {@link #addPosition} must be told of each, too. */
    void addTokens(int rows, float[] tokens, int tokensAt, float[] dx, int dxAt) {
      int row = width + encoding;
      K.multiply(
          width, width, rows, dx, dxAt, 1, width, tokens, tokensAt, width, weights, 0, row, true);
    }

    /** Adds the gradient of x at a position. */
    void addPosition(int position, float[] dx, int dxAt) {
      if (atPosition.length < (position + 1) * width) {
        atPosition = Arrays.copyOf(atPosition, 2 * (position + 1) * width);
      }
      count = Math.max(count, position + 1);
      K.addScaled(width, 1, dx, dxAt, atPosition, position * width);
    }

    void collect(Gradients into) {
      int row = width + encoding;
      float[] encodings = Sinusoid.rows(count, encoding);
      K.multiply(
          width,
          encoding,
          count,
          atPosition,
          0,
          1,
          width,
          encodings,
          0,
          encoding,
          weights,
          width,
          row,
          true);
      for (int n = 0; n < count; n++) {
        K.addScaled(width, 1, atPosition, n * width, biases, 0);
      }
      into.put("inp.weight", weights, 0, weights.length);
      into.put("inp.bias", biases, 0, width);
    }
  }
}
