package org.eglr.rerank;

import org.nd4j.autodiff.samediff.SDVariable;

/** A model that reasons before the first item, in a {@link LatentDecoder}. */
interface LatentModel extends DecoderModel {

  /** Of vectors and tokens. */
  int width();

  /** Of the decoder's attention. */
  int heads();

  @Override
  default ListDecoder decoder() {
    return LatentDecoder.of(this);
  }

  @Override
  default boolean reasonsByItself() {
    return true;
  }

  @Override
  default SDVariable vectors(ModelGraph g) {
    return LatentDecoder.of(this).vectors(g);
  }

  @Override
  default int vectorWidth(ModelGraph g) {
    return width();
  }
}
