package org.eglr.internal.learn;

import java.util.List;
import java.util.function.IntFunction;
import org.eglr.internal.model.EvaluatorEngine;

/**
 * Computes the parts of the evaluator's batches with the weights that are trained, wherever. What a
 * part gives depends on the part and the weights alone, to the bit. Not thread-safe.
 */
public interface EvaluatorGradients extends AutoCloseable {

  /** The weights have changed. */
  void weightsChanged();

  /**
   * Computes all parts of a batch.
   *
   * @param parts how many there are
   * @param task makes one of them; called once for each, by any thread
   * @return in their order
   */
  List<Computed> of(int parts, IntFunction<EvaluatorTask> task);

  /** Frees what computes. */
  @Override
  void close();

  /** A part and what an engine made of it. */
  record Computed(EvaluatorBatch part, EvaluatorEngine.Result result) {}
}
