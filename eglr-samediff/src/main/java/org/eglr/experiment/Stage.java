package org.eglr.experiment;

import java.util.Locale;

/** What a setting belongs to. */
public enum Stage {
  /** Sizes and reasoning: {@link org.eglr.EglrBuilder}, {@link org.eglr.reasoning}. */
  MODEL,
  /** {@link org.eglr.train.EvaluatorTraining}. */
  EVALUATOR,
  /** {@link org.eglr.train.GrpoTraining}. */
  GRPO;

  /** As it stands before the dot of a qualified name: {@code grpo.epochs}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
