package org.eglr.reasoning;

/** How a reasoning token's decoder output becomes the query that scores the candidates. */
public enum QueryUpdate {
  /** The output is the new query: the paper's text. */
  REPLACE,
  /** (output + query before) / sqrt 2. */
  RESIDUAL
}
