package org.eglr.rerank;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A re-ranker that writes a list item by item. This one definition serves decoding, where the most
 * probable or a drawn candidate follows, and training, where the items of a list that is there
 * already do. Taken candidates are masked by the library; before a choice it may insert reasoning
 * tokens, vectors that {@link #advance} takes as it takes an item's.
 */
public non-sealed interface StepModel extends RerankerModel {

  /** The state before the first choice. */
  State start(ModelGraph g);

  /** The score of each candidate for the next place: [B, N]; taken ones do not matter. */
  SDVariable logits(ModelGraph g, State state);

  /**
   * The state after a vector has been read.
   *
   * @param vector of the item that was chosen, or a reasoning token: [B, {@link #vectorWidth}]
   */
  State advance(ModelGraph g, State state, SDVariable vector);

  /** What {@link #advance} reads of each candidate: [B * N, {@link #vectorWidth}]. */
  default SDVariable vectors(ModelGraph g) {
    return g.candidates();
  }

  /** Width of {@link #vectors}. */
  default int vectorWidth(ModelGraph g) {
    return g.width();
  }

  /** Whether it reasons in a way of its own, so that EGLR's module cannot be put into it. */
  default boolean reasonsByItself() {
    return false;
  }

  /** How it is trained, one stage after another; at least one. */
  List<TrainingStage> stages();
}
