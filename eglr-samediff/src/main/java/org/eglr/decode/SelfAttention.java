package org.eglr.decode;

import java.util.List;

/**
 * How much each token of a list looked at those before it, in the generator's decoder (eq. 11). The
 * tokens are the context, the reasoning tokens, and all items but the last, in the order in which
 * they were appended: T of them.
 *
 * @param tokens what each is: "context", "reasoning 1" (before the item of position 1) or an item's
 *     label
 * @param weights by head, token and token looked at: [heads][T][T], of several layers those of the
 *     first come first; rows sum to 1, and what comes later or was forgotten has 0
 */
public record SelfAttention(List<String> tokens, float[][][] weights) {

  public SelfAttention {
    tokens = List.copyOf(tokens);
  }

  /** The mean over heads: [T][T]. */
  public float[][] mean() {
    int size = tokens.size();
    float[][] mean = new float[size][size];
    for (float[][] head : weights) {
      for (int t = 0; t < size; t++) {
        for (int s = 0; s <= t; s++) {
          mean[t][s] += head[t][s] / weights.length;
        }
      }
    }
    return mean;
  }
}
