package org.eglr.internal.learn;

import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.ReplayEngine;

/** A part of a batch through the updates of a step: where its choices began, and what became. */
final class PartReplay {

  private final GrpoBatch.Part part;
  private final UpdateOptions options;
  private final int batch;
  private final double[][] reference;
  private double[][] before;
  private PolicyLoss loss;
  private ReplayEngine.Result result;

  /**
   * @param batch number of lists of the whole batch
   * @param reference the reference's log-probabilities of the choices; null where there is none
   */
  PartReplay(GrpoBatch.Part part, UpdateOptions options, int batch, double[][] reference) {
    this.part = part;
    this.options = options;
    this.batch = batch;
    this.reference = reference;
  }

  GrpoBatch.Part part() {
    return part;
  }

  /** What the next update minimises. */
  PolicyLoss next() {
    loss =
        new PolicyLoss(
            options.updates() > 1,
            options.low(),
            options.high(),
            before,
            options.divergence() / batch,
            reference,
            options.bonus() / batch);
    return loss;
  }

  /** Takes an update's result; the first says where ratios are 1. */
  void took(ReplayEngine.Result taken) {
    result = taken;
    if (before == null) {
      before = taken.choices();
    }
  }

  ReplayEngine.Result result() {
    return result;
  }

  int choices() {
    int sum = 0;
    for (double[] list : result.choices()) {
      sum += list.length;
    }
    return sum;
  }

  /** Choices of the last update whose gradient the clip took. */
  int clipped() {
    ReplayBatch lists = part.lists();
    int sum = 0;
    for (int b = 0; b < result.choices().length; b++) {
      for (int k = 0; k < result.choices()[b].length; k++) {
        double log = result.choices()[b][k];
        sum += loss.clips(lists.coefficient()[b], b, k, log) ? 1 : 0;
      }
    }
    return sum;
  }

  /** The last update's divergence from the reference, this part's share of the mean over lists. */
  double divergence() {
    double sum = 0;
    for (int b = 0; b < result.choices().length; b++) {
      for (int k = 0; k < result.choices()[b].length; k++) {
        sum += loss.k3(b, k, result.choices()[b][k]) / batch;
      }
    }
    return sum;
  }
}
