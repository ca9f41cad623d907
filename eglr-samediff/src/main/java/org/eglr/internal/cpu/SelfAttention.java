package org.eglr.internal.cpu;

import java.util.Arrays;
import org.eglr.internal.math.Kernels;

/**
 * Multi-head attention of the tokens of one list to each other, forward and back. Queries, keys and
 * values lie beside each other in rows [tokens, 3 d].
 */
final class SelfAttention {

  private static final Kernels K = Kernels.best();

  private final int width;
  private final int heads;
  private final int headWidth;
  private final float scale;
  private float[] transposed = new float[0]; // keys or values of one head, [headWidth, row]
  private float[] slopes = new float[0]; // [tokens, row]

  SelfAttention(int width, int heads) {
    this.width = width;
    this.heads = heads;
    headWidth = width / heads;
    scale = (float) (1 / Math.sqrt(headWidth));
  }

  /** Distance between the rows of a head's attention weights. */
  static int row(int tokens) {
    return K.padded(tokens);
  }

  /** Size of the attention weights of a list. */
  int weights(int tokens) {
    return heads * tokens * row(tokens);
  }

  /** As the other, without tokens that are forgotten. */
  void forward(
      int tokens,
      boolean causal,
      float[] qkv,
      int at,
      float[] attention,
      int attentionAt,
      float[] context,
      int contextAt) {
    forward(tokens, causal, null, qkv, at, attention, attentionAt, context, contextAt);
  }

  /**
   * Mixes values.
   *
   * @param causal whether a token sees only itself and those before it
   * @param until the last token that sees each token, where it is causal; null: all later ones
   * @param attention receives the attention weights, [heads, tokens, row]
   * @param context receives the mixed values, [tokens, d]
   */
  void forward(
      int tokens,
      boolean causal,
      int[] until,
      float[] qkv,
      int at,
      float[] attention,
      int attentionAt,
      float[] context,
      int contextAt) {
    int row = row(tokens);
    for (int h = 0; h < heads; h++) {
      int column = at + h * headWidth;
      int head = attentionAt + h * tokens * row;
      transpose(tokens, qkv, column + width);
      K.multiply(
          tokens,
          row,
          headWidth,
          qkv,
          column,
          3 * width,
          1,
          transposed,
          0,
          row,
          attention,
          head,
          row,
          false);
      for (int t = 0; t < tokens; t++) {
        int seen = causal ? t + 1 : tokens;
        int from = head + t * row;
        Arrays.fill(attention, from + seen, from + row, Kernels.MASKED);
        for (int s = 0; until != null && s < t; s++) {
          if (until[s] < t) {
            attention[from + s] = Kernels.MASKED;
          }
        }
        K.softmax(row, attention, from, scale);
      }
      K.multiply(
          tokens,
          headWidth,
          tokens,
          attention,
          head,
          row,
          1,
          qkv,
          column + 2 * width,
          3 * width,
          context,
          contextAt + h * headWidth,
          width,
          false);
    }
  }

  /** The gradient of queries, keys and values from that of the mixed values. */
  void backward(
      int tokens,
      float[] qkv,
      int at,
      float[] attention,
      int attentionAt,
      float[] dContext,
      int contextAt,
      float[] dQkv) {
    int row = row(tokens);
    slopes = Buffers.fit(slopes, tokens * row);
    for (int h = 0; h < heads; h++) {
      int column = at + h * headWidth;
      int mixed = contextAt + h * headWidth;
      int head = attentionAt + h * tokens * row;
      transpose(tokens, qkv, column + 2 * width);
      K.multiply(
          tokens,
          row,
          headWidth,
          dContext,
          mixed,
          width,
          1,
          transposed,
          0,
          row,
          slopes,
          0,
          row,
          false);
      for (int t = 0; t < tokens; t++) {
        K.softmaxGradient(row, scale, attention, head + t * row, slopes, t * row);
      }
      // queries, keys, values
      K.multiply(
          tokens,
          headWidth,
          tokens,
          slopes,
          0,
          row,
          1,
          qkv,
          column + width,
          3 * width,
          dQkv,
          column,
          3 * width,
          false);
      K.multiply(
          tokens,
          headWidth,
          tokens,
          slopes,
          0,
          1,
          row,
          qkv,
          column,
          3 * width,
          dQkv,
          column + width,
          3 * width,
          false);
      K.multiply(
          tokens,
          headWidth,
          tokens,
          attention,
          head,
          1,
          row,
          dContext,
          mixed,
          width,
          dQkv,
          column + 2 * width,
          3 * width,
          false);
    }
  }

  /** Columns of one head as rows; what is behind the last token is left as it is. */
  private void transpose(int tokens, float[] qkv, int from) {
    int row = row(tokens);
    transposed = Buffers.fit(transposed, row * headWidth);
    Buffers.transpose(tokens, headWidth, qkv, from, 3 * width, transposed, 0, row);
  }
}
