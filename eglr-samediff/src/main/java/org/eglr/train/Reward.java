package org.eglr.train;

/** What GRPO maximises, as the frozen evaluator sees it (eq. 18). */
public enum Reward {
  /** DCG of the evaluator's click probabilities: sum of p_i / log2(i + 1), i from 1. */
  CLICK_DCG,
  /** The listwise head's expected utility: the odds of eq. 16. */
  LIST_VALUE
}
