package org.eglr.internal.learn;

import java.util.List;
import java.util.function.IntFunction;
import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.ReplayEngine;

/**
 * Replays the parts of the generator's batches with the weights that are trained, wherever. What a
 * part gives depends on the part, the loss and the weights alone, to the bit. Not thread-safe.
 */
public interface Replays extends AutoCloseable {

  /** The weights have changed. */
  void weightsChanged();

  /** The values of the reference's weights, if there is one, were set from outside. */
  void referenceChanged();

  /**
   * Loss and gradient of each part, in order.
   *
   * @param loss of a part, by its index; called once for each, by any thread
   */
  List<ReplayEngine.Result> gradients(List<GrpoBatch.Part> parts, IntFunction<PolicyLoss> loss);

  /** The reference's log-probabilities of each part's choices, in order; there must be one. */
  List<double[][]> reference(List<GrpoBatch.Part> parts);

  /** Frees what computes. */
  @Override
  void close();
}
