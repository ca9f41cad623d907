package org.eglr.experiment;

import java.util.function.Function;
import org.eglr.Evaluator;
import org.eglr.Reranker;
import org.eglr.Rerankers;

/** Lists that need no generator, as a row to compare with. */
enum Baseline {
  INITIAL_ORDER("initial order", Rerankers::initialOrder),
  SORTED_ALONE("sorted by evaluator", Rerankers::sortedAlone);

  private final String label;
  private final Function<Evaluator, Reranker> lists;

  Baseline(String label, Function<Evaluator, Reranker> lists) {
    this.label = label;
    this.lists = lists;
  }

  /** Of the row. */
  String label() {
    return label;
  }

  Reranker of(Evaluator evaluator) {
    return lists.apply(evaluator);
  }
}
