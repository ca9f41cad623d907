package org.eglr.rerank;

import org.nd4j.autodiff.samediff.SDVariable;

/** A network that writes lists, of which several models are made. */
public interface ListDecoder {

  /** The state before the first choice. */
  State start(ModelGraph g);

  /** The score of each candidate for the next place: [B, N]. */
  SDVariable logits(ModelGraph g, State state);

  /** The state after a vector has been read, an item's or a token's. */
  State advance(ModelGraph g, State state, SDVariable vector);
}
