package org.eglr.metrics;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.eglr.data.ListSet;

/** Clicks at the positions of lists, with weights; positions are estimated each by itself. */
final class WeightedClicks {

  private final ListSet lists;
  private final double[][] weights;
  private final IntToDoubleFunction gain;
  private final int longest;

  /**
   * @param weights by list and position, at least 0
   * @param gain what a click at a position counts
   */
  WeightedClicks(ListSet lists, double[][] weights, IntToDoubleFunction gain) {
    this.lists = lists;
    this.weights = weights;
    this.gain = gain;
    longest = Arrays.stream(weights).mapToInt(w -> w.length).max().orElse(0);
  }

  /** Of each list the sum of its weighted clicks; their mean is the estimate (IPS). */
  double[] plain() {
    double[] sums = new double[weights.length];
    for (int list = 0; list < sums.length; list++) {
      for (int k = 0; k < weights[list].length; k++) {
        sums[list] += gain.applyAsDouble(k) * weights[list][k] * click(list, k);
      }
    }
    return sums;
  }

  /**
   * Of each list a value whose mean is the self-normalised estimate, and whose spread is that of
   * the estimate's linear part in the weights (delta method).
   *
   * @return all NaN if no list has a weight above 0 at some position
   */
  double[] normalised() {
    double[] values = new double[weights.length];
    for (int k = 0; k < longest; k++) {
      double sum = 0;
      double clicked = 0;
      int having = 0;
      for (int list = 0; list < weights.length; list++) {
        if (k < weights[list].length) {
          sum += weights[list][k];
          clicked += weights[list][k] * click(list, k);
          having++;
        }
      }
      double rate = clicked / sum; // NaN where there is no weight
      double share = having / (double) weights.length;
      double mean = sum / having;
      for (int list = 0; list < weights.length; list++) {
        double part = share * rate;
        if (k < weights[list].length) {
          part += weights[list][k] * (click(list, k) - rate) / mean;
        }
        values[list] += gain.applyAsDouble(k) * part;
      }
    }
    return values;
  }

  /** (sum w)^2 / sum w^2 of the position where it is least. */
  double effective() {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < longest; k++) {
      double sum = 0;
      double squares = 0;
      for (double[] of : weights) {
        if (k < of.length) {
          sum += of[k];
          squares += of[k] * of[k];
        }
      }
      least = Math.min(least, squares == 0 ? 0 : sum * sum / squares);
    }
    return least;
  }

  private int click(int list, int position) {
    return lists.clicked(list, position) ? 1 : 0;
  }
}
