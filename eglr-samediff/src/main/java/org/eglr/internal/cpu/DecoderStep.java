package org.eglr.internal.cpu;

import java.util.Arrays;

/** Sends the next token of several lists through the decoder layer at once (eq. 11). */
class DecoderStep {

  final GeneratorNet net;
  final TransformerLayer.Tape rows = new TransformerLayer.Tape();
  private float[] tokens = new float[0];

  DecoderStep(GeneratorNet net) {
    this.net = net;
  }

  /** Appends the tokens of the first lists and scores their candidates. */
  void append(OpenList[] lists, int count) {
    int width = net.width;
    rows.fit(count, net.layer);
    tokens = Buffers.fit(tokens, count * width);
    int last = 0;
    for (int r = 0; r < count; r++) {
      last = Math.max(last, lists[r].place(lists[r].tokens));
    }
    float[] positions = net.input.positions(last + 1);
    for (int r = 0; r < count; r++) {
      OpenList list = lists[r];
      System.arraycopy(list.token, 0, tokens, r * width, width);
      System.arraycopy(positions, list.place(list.tokens) * width, rows.x, r * width, width);
    }
    net.input.addTokens(count, tokens, 0, rows.x, 0);
    net.layer.project(count, rows);
    for (int r = 0; r < count; r++) {
      lists[r].attend(rows.qkv, r * 3 * width, rows.context, r * width);
    }
    net.layer.finish(count, rows);
    for (int r = 0; r < count; r++) {
      lists[r].score(rows.y, r * width, net.gain, net.pairs);
    }
  }

  /** Lists to be used again and again. */
  OpenList[] lists(int count) {
    OpenList[] lists = new OpenList[count];
    Arrays.setAll(lists, i -> new OpenList(net.reasoning, net.width, net.heads));
    return lists;
  }
}
