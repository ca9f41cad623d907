package org.eglr.rerank;

import java.util.List;
import org.eglr.data.Request;
import org.eglr.data.Splits;

/** Gives each candidate of a pool a score, whatever the others are; the higher the better. */
@FunctionalInterface
public interface CandidateScorer {

  /**
   * The scores of several requests, in their order.
   *
   * @return one score a candidate, for each request: [pool]
   */
  List<double[]> scores(List<Request> requests);

  /**
   * The data with pools in the order of these scores, as a first-stage ranker hands them to
   * re-rankers: those shown first, sorted, then the other candidates, sorted. Clicks and utilities
   * stay with their items, as LibRerank has it, although the items stood elsewhere when they were
   * clicked: train an evaluator on the data as they were shown.
   */
  default Splits order(Splits data) {
    return data.ordered(this::scores);
  }
}
