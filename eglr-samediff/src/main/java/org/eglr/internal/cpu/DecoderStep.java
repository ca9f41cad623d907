package org.eglr.internal.cpu;

import java.util.Arrays;

/** Sends the next token of several lists through the decoder's layers at once (eq. 11). */
class DecoderStep {

  final GeneratorNet net;
  final TransformerLayer.Tape[] tapes; // of each layer
  private float[] tokens = new float[0];

  DecoderStep(GeneratorNet net) {
    this.net = net;
    tapes = new TransformerLayer.Tape[net.layers.length];
    Arrays.setAll(tapes, l -> new TransformerLayer.Tape());
  }

  /** Appends the tokens of the first lists and scores their candidates. */
  void append(OpenList[] lists, int count) {
    int width = net.width;
    TransformerLayer.Tape rows = rows(0, count);
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
    for (int l = 0; l < tapes.length; l++) {
      rows = l == 0 ? rows : rows(l, count);
      net.layers[l].project(count, rows);
      for (int r = 0; r < count; r++) {
        lists[r].attend(l, lists[r].tokens, rows.qkv, r * 3 * width, rows.context, r * width);
      }
      net.layers[l].finish(count, rows);
    }
    for (int r = 0; r < count; r++) {
      lists[r].tokens++;
      lists[r].score(rows.y, r * width, net.gain);
    }
  }

  /** Makes room in a layer; its input is the output of the one before. */
  final TransformerLayer.Tape rows(int layer, int count) {
    TransformerLayer.Tape rows = tapes[layer];
    rows.fit(count, net.layers[layer]);
    if (layer > 0) {
      System.arraycopy(tapes[layer - 1].y, 0, rows.x, 0, count * net.width);
    }
    return rows;
  }

  /** Lists to be used again and again. */
  OpenList[] lists(int count) {
    OpenList[] lists = new OpenList[count];
    Arrays.setAll(lists, i -> new OpenList(net));
    return lists;
  }
}
