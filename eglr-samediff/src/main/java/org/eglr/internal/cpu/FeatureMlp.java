package org.eglr.internal.cpu;

import java.util.stream.IntStream;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.Weights;

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
    return candidates(request, IntStream.range(0, request.pool()).toArray());
  }

  /** The vectors of some of the request's candidates, row-major [chosen, d]. */
  public float[] candidates(Request request, int[] chosen) {
    int count = chosen.length;
    float[] x = new float[count * net.inputWidth()];
    rows.fill(request, chosen, weights, x, 0);
    float[] z = new float[count * net.width()];
    net.apply(count, x, new float[count * net.hiddenWidth()], z);
    return z;
  }

  /** Width d of the vectors. */
  public int width() {
    return net.width();
  }
}
