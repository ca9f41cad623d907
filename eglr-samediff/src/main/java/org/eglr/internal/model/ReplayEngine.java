package org.eglr.internal.model;

import java.util.Map;

/** Computes the gradient of fixed trajectories (eq. 19); belongs to one thread. */
public interface ReplayEngine extends ComputeEngine {

  /**
   * Loss and gradient of a part of a batch, exactly through the reasoning tokens.
   *
   * @param candidates row-major [R, N, d] candidate vectors, or with trainFeatures their feature
   *     rows [R * N, inputWidth]; padding is never looked at
   */
  Result gradient(ReplayBatch lists, float[] candidates);

  /**
   * @param loss this part's share of the loss
   * @param gradients by parameter
   * @param features gradient of the feature rows; null without trainFeatures
   */
  record Result(double loss, Map<String, double[]> gradients, double[] features) {}
}
