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
    rows.fit(all, net.layer);
    float[] positions = net.input.positions(all);
    for (int t = 0; t < all; t++) {
      System.arraycopy(positions, list.place(t) * width, rows.x, t * width, width);
    }
    net.input.addTokens(all, tokens, 0, rows.x, 0);
    net.layer.project(all, rows);
    list.tokens = 0;
    for (int t = 0; t < all; t++) {
      list.attend(rows.qkv, t * 3 * width, rows.context, t * width);
    }
    net.layer.finish(all, rows);
    list.score(rows.y, last * width, net.gain, net.pairs);
  }
}
