package org.eglr.reasoning;

/** What the generator appends when it reasons; the ablation switch of Figure 4. */
public enum ReasoningToken {
  /** Nothing: the backbone generator, which never reasons ("B"). */
  NONE,
  /** The query before, fed back as a token: with REPLACE the decoder's own output ("v1"). */
  PLAIN,
  /**
   * The candidates' embeddings, weighted by the current scores (section 4.3.1; "v2", "v3"); with
   * {@link QueryUpdate#GATED} the query before is added.
   */
  CONTEXT_AWARE,
  /** A control: the vector of zeros, whatever {@link QueryUpdate} there is. */
  ZERO,
  /** A control: the mean of the remaining candidates' vectors, all alike, likewise. */
  MEAN,
  /**
   * A control: standard normal numbers that depend on the request, the position and the step only,
   * likewise.
   */
  NOISE;

  /** Whether it says nothing of the scores: a control that a claim about the mixture needs. */
  public boolean isControl() {
    return this == ZERO || this == MEAN || this == NOISE;
  }
}
