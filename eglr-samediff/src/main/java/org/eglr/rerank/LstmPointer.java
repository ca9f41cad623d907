package org.eglr.rerank;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A pointer network (Vinyals et al., 2015): candidates are encoded, a decoder of long short-term
 * memory reads what was chosen, and points at what comes next.
 *
 * @param width of encoded candidates and of the decoder
 * @param ordered whether an encoder of the same kind reads the pool in its order and hands its
 *     state on; else each candidate is encoded by itself, and the decoder begins at zeros
 */
record LstmPointer(int width, boolean ordered) implements ListDecoder {

  private SDVariable encoded(ModelGraph g) {
    return g.once("encoded", () -> g.mlp("encoder", g.candidates(), g.width(), width, width));
  }

  @Override
  public State start(ModelGraph g) {
    if (!ordered) {
      State zero = State.of(g.zeros(g.batch(), width), g.zeros(g.batch(), width));
      return advance(g, zero, g.zeros(g.batch(), g.width()));
    }
    Layers.Pass pass = g.lstm("encoder", g.candidates(), g.mask(), g.width(), width);
    g.once("encoded", pass::outputs);
    SDVariable go = g.parameter("go", Start.normal(0.1), g.width());
    return advance(g, pass.last(), g.ones(g.batch(), 1).mul(go));
  }

  @Override
  public State advance(ModelGraph g, State state, SDVariable vector) {
    return g.lstm("decoder", vector, state, g.width(), width);
  }

  @Override
  public SDVariable logits(ModelGraph g, State state) {
    return g.pointer("pointer", encoded(g), state.get(0), width, width, width);
  }
}
