package org.eglr.internal.cpu;

import org.eglr.internal.math.Kernels;

/** The attention of one list in one layer of a replay, and its gradient token by token. */
final class ReplayedAttention {

  private static final Kernels K = Kernels.best();

  private final int width;
  private final int heads;
  private final SelfAttention attention;
  private int tokens;
  private int row; // distance between the rows of a head's weights

  float[] qkv = new float[0]; // [tokens, 3 d]
  float[] context = new float[0]; // [tokens, d]
  private float[] weights = new float[0]; // [heads, tokens, row]
  private float[] slopes = new float[0]; // likewise
  private float[] valueColumns = new float[0]; // [d, row]

  ReplayedAttention(int width, int heads) {
    this.width = width;
    this.heads = heads;
    attention = new SelfAttention(width, heads);
  }

  /** Makes room for a list. */
  void start(int count) {
    tokens = count;
    row = SelfAttention.row(tokens);
    qkv = Buffers.fit(qkv, tokens * 3 * width);
    weights = Buffers.fit(weights, attention.weights(tokens));
    slopes = Buffers.fit(slopes, attention.weights(tokens));
    context = Buffers.fit(context, tokens * width);
    valueColumns = Buffers.fit(valueColumns, row * width);
  }

  /**
   * Mixes values.
   *
   * @param until the last token that sees each token; null: all later ones do
   */
  void attend(int[] until) {
    attention.forward(tokens, true, until, qkv, 0, weights, 0, context, 0);
  }

  /** The attention weights, copied: [heads][tokens][tokens], 0 for what is not seen. */
  float[][][] weights() {
    float[][][] all = new float[heads][tokens][tokens];
    for (int h = 0; h < heads; h++) {
      for (int t = 0; t < tokens; t++) {
        System.arraycopy(weights, (h * tokens + t) * row, all[h][t], 0, t + 1);
      }
    }
    return all;
  }

  void startBack() {
    Buffers.transpose(tokens, width, qkv, 2 * width, 3 * width, valueColumns, 0, row);
  }

  /** The gradient of a token's query, key and value; later tokens have gone before. */
  void backward(int t, float[] dContext, float[] dQkv, int at) {
    int headWidth = width / heads;
    float scale = (float) (1 / Math.sqrt(headWidth));
    int later = tokens - t;
    // from here on the token's mixed values are not needed: their gradient takes their place
    System.arraycopy(dContext, at * width, context, t * width, width);
    int seen = K.padded(t + 1);
    for (int h = 0; h < heads; h++) {
      int column = h * headWidth;
      int own = (h * tokens + t) * row; // the token's own weights
      int to = at * 3 * width + column;
      K.multiply(
          1,
          seen,
          headWidth,
          context,
          t * width + column,
          width,
          1,
          valueColumns,
          column * row,
          row,
          slopes,
          own,
          row,
          false);
      K.softmaxGradient(seen, scale, weights, own, slopes, own);
      K.multiply(
          1,
          headWidth,
          t + 1,
          slopes,
          own,
          row,
          1,
          qkv,
          width + column,
          3 * width,
          dQkv,
          to,
          3 * width,
          false);
      K.multiply(
          1,
          headWidth,
          later,
          slopes,
          own + t,
          1,
          row,
          qkv,
          t * 3 * width + column,
          3 * width,
          dQkv,
          to + width,
          3 * width,
          false);
      K.multiply(
          1,
          headWidth,
          later,
          weights,
          own + t,
          1,
          row,
          context,
          t * width + column,
          width,
          dQkv,
          to + 2 * width,
          3 * width,
          false);
    }
  }
}
