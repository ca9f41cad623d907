package org.eglr.internal.learn;

import java.util.Map;
import org.eglr.internal.model.Weights;
import org.eglr.internal.store.Checkpoint;
import org.eglr.train.Validation;

/** Remembers the weights with the best validation value, and when to give up. */
final class BestWeights {

  private final Weights weights;
  private final boolean higherIsBetter;
  private final int patience;
  private Weights best;
  private double bestValue;
  private int worse;

  BestWeights(Weights weights, boolean higherIsBetter, int patience) {
    this.weights = weights;
    this.higherIsBetter = higherIsBetter;
    this.patience = patience;
  }

  /** Takes a measurement; the first of its values decides. */
  Validation measured(int step, Map<String, Double> values) {
    double value = values.values().iterator().next();
    boolean better =
        best == null
            || Double.isNaN(bestValue)
            || (higherIsBetter ? value > bestValue : value < bestValue);
    if (better) {
      bestValue = value;
      best = weights.copy();
      worse = 0;
    } else {
      worse++;
    }
    return new Validation(step, values, better);
  }

  boolean givesUp() {
    return patience > 0 && worse >= patience;
  }

  /** The present state; a view, to be written before the next measurement. */
  Checkpoint.Best state() {
    return new Checkpoint.Best(best, bestValue, worse);
  }

  void resume(Checkpoint.Best state) {
    best = state.weights();
    bestValue = state.value();
    worse = state.worse();
  }

  /** Puts the best weights in place, if there was any measurement; returns whether there was. */
  boolean restore() {
    if (best == null) {
      return false;
    }
    weights.setFrom(best);
    return true;
  }
}
