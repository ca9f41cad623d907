package org.eglr.internal.learn;

import java.util.List;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Weights;

/** What a replay sees of a part's candidates: their vectors, or rows where features are trained. */
final class ReplayRows {

  private final int width;
  private final boolean trainFeatures;
  private final FeatureRows features;

  ReplayRows(Architecture architecture) {
    width = architecture.settings().width();
    trainFeatures = architecture.settings().trainFeatures();
    features = new FeatureRows(architecture);
  }

  /**
   * As {@link org.eglr.internal.model.ReplayEngine#gradient} wants them.
   *
   * @param weights whose embedding rows are seen
   */
  float[] of(GrpoBatch.Part part, Weights weights) {
    if (!trainFeatures) {
      return part.vectors(width);
    }
    int row = part.lists().pool() * features.width();
    List<Request> requests = part.requests();
    float[] rows = new float[requests.size() * row];
    for (int r = 0; r < requests.size(); r++) {
      Request request = requests.get(r);
      features.fill(request, request.pool(), weights, rows, r * row);
    }
    return rows;
  }

  /**
   * Adds the gradient of a part's rows to those of the embedding rows that they are made of.
   *
   * @param gradient null where features are not trained
   */
  void scatter(GrpoBatch.Part part, double[] gradient, RowGradients into) {
    if (!trainFeatures) {
      return;
    }
    int row = part.lists().pool() * features.width();
    List<Request> requests = part.requests();
    for (int r = 0; r < requests.size(); r++) {
      Request request = requests.get(r);
      features.scatter(request, request.pool(), gradient, r * row, into);
    }
  }
}
