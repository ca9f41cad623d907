package org.eglr.rerank;

import org.nd4j.autodiff.samediff.SDVariable;

/** A model that writes lists by a {@link ListDecoder}; its own are settings and stages. */
public interface DecoderModel extends StepModel {

  /** The network, by the present settings. */
  ListDecoder decoder();

  @Override
  default State start(ModelGraph g) {
    return decoder().start(g);
  }

  @Override
  default SDVariable logits(ModelGraph g, State state) {
    return decoder().logits(g, state);
  }

  @Override
  default State advance(ModelGraph g, State state, SDVariable vector) {
    return decoder().advance(g, state, vector);
  }
}
