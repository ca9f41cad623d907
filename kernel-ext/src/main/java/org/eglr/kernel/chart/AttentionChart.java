package org.eglr.kernel.chart;

import java.util.List;
import org.eglr.decode.SelfAttention;

/** The decoder's attention: a row a token, a column a token that it looks at. */
public final class AttentionChart {

  private static final int LONGEST = 14; // characters of a token's name

  private AttentionChart() {}

  /**
   * Draws the weights of one head, or the mean of all.
   *
   * @param head from 0; negative: the mean
   * @throws IllegalArgumentException if there is no such head
   */
  public static HeatMap of(SelfAttention attention, int head, ChartSize size) {
    int heads = attention.weights().length;
    if (head >= heads) {
      throw new IllegalArgumentException(
          "there is no head %d: the decoder's are 0 to %d".formatted(head, heads - 1));
    }
    float[][] weights = head < 0 ? attention.mean() : attention.weights()[head];
    String which = head < 0 ? "mean of %d heads".formatted(heads) : "head " + head;
    String title = "Decoder attention, " + which;
    List<String> names = attention.tokens().stream().map(AttentionChart::shortened).toList();
    return new HeatMap(size, title, names, weights, "looks at", "token");
  }

  private static String shortened(String token) {
    return token.length() <= LONGEST ? token : token.substring(0, LONGEST - 2) + "..";
  }
}
