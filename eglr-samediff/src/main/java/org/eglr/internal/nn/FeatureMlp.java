package org.eglr.internal.nn;

import org.eglr.data.Request;

/** Candidate vectors z = MLP(x) (eq. 9) in plain Java: one request needs no graph. */
public final class FeatureMlp {

  private final FeatureRows rows;
  private final Weights weights;
  private final DenseLayer first;
  private final DenseLayer second;

  /** Takes over the weights' present values of the MLP; embedding rows are read when used. */
  public FeatureMlp(Architecture architecture, Weights weights) {
    this.rows = new FeatureRows(architecture);
    this.weights = weights;
    this.first = new DenseLayer(weights, "features.fc1");
    this.second = new DenseLayer(weights, "features.fc2");
  }

  /** The vectors of the request's candidates, row-major [pool, d]. */
  public float[] candidates(Request request) {
    float[] x = new float[request.pool() * rows.width()];
    rows.fill(request, request.pool(), weights, x, 0);
    float[] hidden = new float[first.out()];
    float[] z = new float[request.pool() * second.out()];
    float[] row = new float[second.out()];
    for (int i = 0; i < request.pool(); i++) {
      first.apply(x, i * rows.width(), hidden);
      for (int h = 0; h < hidden.length; h++) {
        hidden[h] = Math.max(0, hidden[h]);
      }
      second.apply(hidden, 0, row);
      System.arraycopy(row, 0, z, i * row.length, row.length);
    }
    return z;
  }

  /** Width d of the vectors. */
  public int width() {
    return second.out();
  }
}
