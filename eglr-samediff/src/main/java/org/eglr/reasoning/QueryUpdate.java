package org.eglr.reasoning;

/** How a reasoning token's decoder output becomes the query that scores the candidates. */
public enum QueryUpdate {
  /** The output is the new query: the paper's text. */
  REPLACE,
  /** (output + query before) / sqrt 2. */
  RESIDUAL,
  /**
   * query before + gain * output, elementwise, with a learned vector gain that starts at 0:
   * training starts at the lists without reasoning. A reasoning token is then the query before,
   * context-aware plus the mixture of candidates; it stands at the place of the item before, and is
   * forgotten once its own item is chosen, so that items see no reasoning but their own. Decoding
   * with another budget than in training changes little: a what-if by {@link
   * org.eglr.Eglr#withReasoning} is valid, which with the other two, whose weights fall apart with
   * another budget, it is not. The gain is a weight of the model, which learns at {@link
   * org.eglr.train.GrpoTraining#gainRate a rate of its own}, and has nothing to do with {@link
   * Gate}.
   */
  GATED
}
