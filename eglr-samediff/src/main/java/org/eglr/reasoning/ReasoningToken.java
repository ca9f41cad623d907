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
  CONTEXT_AWARE
}
