package org.eglr.internal.cpu;

import org.eglr.internal.math.Logarithm;
import org.eglr.internal.model.ListBatch;

/** The evaluator's losses (eq. 15, 16) of a part of a batch, and their gradients by row. */
final class EvaluatorLoss {

  private final float[] dClick;
  private final float[] dValue;
  private double click;
  private double value;

  /**
   * @param starts row of each list's cls token, which its items follow
   * @param clicks logits of all rows
   * @param values likewise, meant at cls tokens
   * @param batch number of lists of the whole batch, over which the loss is a mean
   */
  EvaluatorLoss(ListBatch lists, int[] starts, float[] clicks, float[] values, int batch) {
    int rows = starts[lists.size()];
    dClick = new float[rows];
    dValue = new float[rows];
    for (int b = 0; b < lists.size(); b++) {
      int length = lists.lengths()[b];
      for (int k = 0; k < length; k++) { // eq. 15
        int row = starts[b] + 1 + k;
        double logit = clicks[row];
        double label = lists.clicked()[b * lists.length() + k] ? 1 : 0;
        double weight = 1.0 / batch / length;
        double tail = tail(logit);
        click += weight * (softplus(logit, tail) - label * logit);
        dClick[row] = (float) (weight * (sigmoid(logit, tail) - label));
      }
      double logit = values[starts[b]]; // eq. 16
      double utility = lists.utility()[b];
      double tail = tail(logit);
      value += (softplus(logit, tail) * (1 + utility) - utility * logit) / batch;
      dValue[starts[b]] = (float) ((sigmoid(logit, tail) * (1 + utility) - utility) / batch);
    }
  }

  double click() {
    return click;
  }

  double value() {
    return value;
  }

  float[] dClick() {
    return dClick;
  }

  float[] dValue() {
    return dValue;
  }

  /** e^-|x|, which both functions of a logit are made of. */
  private static double tail(double x) {
    return StrictMath.exp(-Math.abs(x));
  }

  /** log(1 + e^x) without overflow. */
  private static double softplus(double x, double tail) {
    return Math.max(x, 0) + Logarithm.ofOnePlus(tail);
  }

  private static double sigmoid(double x, double tail) {
    return (x < 0 ? tail : 1) / (1 + tail);
  }
}
