package org.eglr.rerank;

import org.eglr.internal.samediff.Sums;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The network of CMR (Chen et al., KDD 2023): candidates are encoded by themselves, their sum is
 * the first state of a gated recurrent decoder, and two pointers say what comes next and what the
 * decoder reads of the pool beside the item that was chosen.
 *
 * @param width of encoded candidates and pointers
 * @param memory width of the decoder's state
 * @param dial whether a hypernetwork makes three of the layers by {@link Cmr#DIAL}
 */
record DeepSetPointer(int width, int memory, boolean dial) implements ListDecoder {

  static final String ENCODED = "encoded";
  static final String FIRST = "first";

  private SDVariable encoded(ModelGraph g) {
    return g.once(
        ENCODED,
        () -> {
          SDVariable x = layer(g, "encoder", g.candidates(), g.pool(), g.width(), width);
          SDVariable e = g.relu(x.add(g.positions("position", width)));
          return g.activation(ENCODED, e, g.batch() * g.pool(), width);
        });
  }

  @Override
  public State start(ModelGraph g) {
    SDVariable sum = g.weighted(g.mask(), encoded(g), width);
    SDVariable first = g.relu(layer(g, "set", sum, 1, width, memory));
    State empty =
        State.of(
            g.activation(FIRST, first, g.batch(), memory),
            g.zeros(g.batch(), 2 * width),
            g.zeros(g.batch(), g.pool()));
    return advance(g, empty, g.zeros(g.batch(), g.width()));
  }

  /** The state: that of the decoder, what it reads of the pool, the pointers' mean. */
  @Override
  public State advance(ModelGraph g, State state, SDVariable vector) {
    SDVariable read = g.sd().concat(1, vector, state.get(1));
    SDVariable input = g.dense("input", read, g.width() + 2 * width, memory);
    SDVariable next = g.gru("decoder", input, state.get(0), memory, memory);
    SDVariable query = g.relu(layer(g, "query", next, 1, memory, width));
    SDVariable one = g.pointer("pointer.1", encoded(g), query, width, width, width);
    SDVariable two = g.pointer("pointer.2", encoded(g), query, width, width, width);
    SDVariable seen = g.sd().concat(1, attended(g, one), attended(g, two));
    return State.of(next, seen, one.add(two).mul(0.5));
  }

  private SDVariable attended(ModelGraph g, SDVariable scores) {
    SDVariable shares = Sums.softmaxOfLast(g.sd(), g.masked(scores, g.mask()), 2);
    return g.weighted(shares, encoded(g), width);
  }

  @Override
  public SDVariable logits(ModelGraph g, State state) {
    return state.get(2);
  }

  /**
   * A dense layer whose weights a linear hypernetwork makes of [w, 1 - w]: such weights are w times
   * some and 1 - w times others, and so is what the layer gives.
   */
  private SDVariable layer(ModelGraph g, String name, SDVariable x, int rows, int in, int out) {
    if (!dial) {
      return g.dense(name, x, in, out);
    }
    SDVariable w = g.dial(Cmr.DIAL, 1);
    SDVariable each = rows == 1 ? w : g.each(w);
    SDVariable clicks = g.dense(name + ".clicks", x, in, out);
    SDVariable diversity = g.dense(name + ".diversity", x, in, out);
    return diversity.add(clicks.sub(diversity).mul(each));
  }
}
