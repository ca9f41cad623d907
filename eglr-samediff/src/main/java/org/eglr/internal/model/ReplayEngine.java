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
  default Result gradient(ReplayBatch lists, float[] candidates) {
    return gradient(lists, candidates, PolicyLoss.ON_POLICY);
  }

  /**
   * The same for another loss.
   *
   * @param loss whose arrays are by the batch's lists and their choices
   */
  Result gradient(ReplayBatch lists, float[] candidates, PolicyLoss loss);

  /**
   * Log-probabilities of the lists' choices with these weights, which make their own reasoning
   * tokens: [B][K].
   */
  double[][] choices(ReplayBatch lists, float[] candidates);

  /**
   * @param loss this part's share of the loss
   * @param gradients by parameter
   * @param features gradient of the feature rows; null without trainFeatures
   * @param choices log-probabilities of the lists' choices: [B][K]; null where the loss is eq. 19
   */
  record Result(
      double loss, Map<String, double[]> gradients, double[] features, double[][] choices) {}
}
