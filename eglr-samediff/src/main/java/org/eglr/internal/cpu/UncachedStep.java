package org.eglr.internal.cpu;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The same step without a key/value cache: every token so far passes the layer again. There to show
 * what the cache saves.
 */
final class UncachedStep extends DecoderStep {

  private final Map<OpenList, float[]> tokensOf = new IdentityHashMap<>();

  UncachedStep(GeneratorNet net) {
    super(net);
  }

  @Override
  void append(OpenList[] lists, int count) {
    for (int r = 0; r < count; r++) {
      append(lists[r]);
    }
  }

  private void append(OpenList list) {
    int width = net.width;
    int last = list.tokens;
    int all = last + 1;
    float[] tokens = tokensOf.computeIfAbsent(list, l -> new float[64 * width]);
    if (tokens.length < all * width) {
      tokens = Arrays.copyOf(tokens, 2 * all * width);
      tokensOf.put(list, tokens);
    }
    System.arraycopy(list.token, 0, tokens, last * width, width);
    TransformerLayer.Tape rows = rows(0, all);
    float[] positions = net.input.positions(all);
    for (int t = 0; t < all; t++) {
      System.arraycopy(positions, list.place(t) * width, rows.x, t * width, width);
    }
    net.input.addTokens(all, tokens, 0, rows.x, 0);
    for (int l = 0; l < tapes.length; l++) {
      rows = l == 0 ? rows : rows(l, all);
      net.layers[l].project(all, rows);
      for (int t = 0; t < all; t++) {
        list.attend(l, t, rows.qkv, t * 3 * width, rows.context, t * width);
      }
      net.layers[l].finish(all, rows);
    }
    list.tokens = all;
    list.score(rows.y, last * width, net.gain);
  }
}
