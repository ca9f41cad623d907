package org.eglr.internal.learn;

import org.eglr.internal.model.Dropout;
import org.eglr.internal.model.EvaluatorEngine;

/**
 * A part of a batch, ready for an engine.
 *
 * @param part the lists
 * @param x feature rows of all positions, padding included: [B * K * inputWidth]
 * @param batch number of lists of the whole batch
 * @param dropout null: no value is dropped
 */
public record EvaluatorTask(EvaluatorBatch part, float[] x, int batch, Dropout dropout) {

  /** Loss and gradients (eq. 15-17). */
  public EvaluatorEngine.Result on(EvaluatorEngine engine) {
    return engine.train(part.lists(), x, batch, dropout);
  }
}
