package org.eglr;

import java.util.Optional;
import org.eglr.data.Schema;
import org.eglr.internal.EvaluatorModel;
import org.eglr.internal.model.Architecture;
import org.eglr.reasoning.ReasoningBuilder;

/** Fluent settings of a new evaluator; only the schema is required. */
public final class EvaluatorBuilder extends NetworkBuilder<EvaluatorBuilder> {

  EvaluatorBuilder(Schema schema) {
    super(schema);
  }

  @Override
  EvaluatorBuilder self() {
    return this;
  }

  /**
   * Makes the evaluator with random weights.
   *
   * @throws IllegalArgumentException naming the setting, its value and what is allowed
   * @throws IllegalStateException if device "gpu" was asked for and cannot be used, saying why
   */
  public Evaluator build() {
    Architecture architecture =
        new Architecture(schema, settings(1, false, false, new ReasoningBuilder().build()));
    return new Evaluator(
        new EvaluatorModel(architecture, architecture.evaluator(), false, Optional.empty()),
        bulk(architecture.settings()));
  }
}
