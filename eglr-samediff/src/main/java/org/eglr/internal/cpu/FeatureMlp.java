package org.eglr.internal.cpu;

import org.eglr.data.Request;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.FeatureRows;
import org.eglr.internal.nn.Weights;

/** Candidate vectors z = MLP(x) (eq. 9) of requests; may be shared between threads. */
public final class FeatureMlp {

  private final FeatureRows rows;
  private final Weights weights;
  private final FeatureNet net;

  /** Takes over the weights' present values of the MLP; embedding rows are read when used. */
  public FeatureMlp(Architecture architecture, Weights weights) {
    this.rows = new FeatureRows(architecture);
    this.weights = weights;
    this.net = new FeatureNet(weights);
  }

  /** The vectors of the request's candidates, row-major [pool, d]. */
  public float[] candidates(Request request) {
    int pool = request.pool();
    float[] x = new float[pool * net.inputWidth()];
    rows.fill(request, pool, weights, x, 0);
    float[] z = new float[pool * net.width()];
    net.apply(pool, x, new float[pool * net.hiddenWidth()], z);
    return z;
  }

  /** Width d of the vectors. */
  public int width() {
    return net.width();
  }
}
