package org.eglr.rerank;

import java.util.Optional;
import org.eglr.Evaluator;
import org.eglr.data.Schema;
import org.eglr.data.Splits;

/**
 * What a re-ranker may be made of.
 *
 * @param data the lists it will be trained on and measured by
 * @param evaluator a trained one, for those that learn from it or sort by it; empty if there is
 *     none
 * @param seed of its weights and draws
 */
public record RerankerInputs(Splits data, Optional<Evaluator> evaluator, long seed) {

  /** The encoding of the data. */
  public Schema schema() {
    return data.schema();
  }

  /** The evaluator, for a kind that says it {@link RerankerKind.Need#EVALUATOR needs} one. */
  public Evaluator requireEvaluator() {
    return evaluator.orElseThrow();
  }
}
