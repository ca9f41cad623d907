package org.eglr.internal;

import java.util.Optional;
import org.eglr.internal.model.Weights;
import org.eglr.train.TrainingLog;

/**
 * A generator as it is between two trainings; its weights never change.
 *
 * @param teacher the evaluator that it learned from; null if it is not trained
 * @param log of the last training
 */
public record GeneratorState(
    Weights weights, boolean trained, EvaluatorState teacher, Optional<TrainingLog> log) {

  /**
   * Whether it is trained for an evaluator: one whose features it shares must be the one that it
   * learned from.
   *
   * @param ownFeatures whether it has features of its own
   */
  boolean trained(EvaluatorState evaluator, boolean ownFeatures) {
    return trained && (ownFeatures || teacher == evaluator);
  }
}
