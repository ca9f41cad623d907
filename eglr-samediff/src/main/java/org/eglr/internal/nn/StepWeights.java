package org.eglr.internal.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eglr.Settings;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The generator's decoder layer (eq. 11) with neighbouring linear maps multiplied into one, so that
 * a decoding step needs few operations. Matrices here are [in, out]; products are taken in double.
 *
 * <p>The input projection goes into the query, key and value projections. The first half of a layer
 * normalisation, subtracting the mean, is itself linear and goes into the maps before it; its gain
 * and shift go into the maps behind it.
 */
final class StepWeights {

  private final int width;
  private final int feedForward;
  private final Weights weights;
  private final Map<String, Matrix> folded = new LinkedHashMap<>();
  private final Matrix place;
  private final Matrix placeBias;

  StepWeights(Settings settings, Weights weights) {
    this.weights = weights;
    width = settings.width();
    feedForward = settings.feedForward();
    Matrix input = linear("inp");
    double scale = 1 / Math.sqrt((double) width / settings.heads());
    Matrix attention =
        linear("layer.q").scaled(scale).beside(linear("layer.k")).beside(linear("layer.v"));
    Matrix attentionBias =
        bias("layer.q").scaled(scale).beside(bias("layer.k")).beside(bias("layer.v"));
    Matrix token = input.slice(0, width);
    put("project", token.times(attention).beside(token.centred()));
    Matrix position = input.slice(width, width + settings.position());
    place = position.times(attention).beside(position.centred());
    Matrix shared = bias("inp");
    placeBias = shared.times(attention).plus(attentionBias).beside(shared.centred());

    put("output", linear("layer.o").centred());
    put("outputBias", bias("layer.o").centred());

    Matrix gain = Matrix.diagonal(weights.data("layer.ln1.weight")).scaled(Math.sqrt(width));
    Matrix shift = bias("layer.ln1");
    Matrix expand = linear("layer.fc1");
    put("expand", gain.centred().beside(gain.times(expand)));
    put("expandBias", shift.centred().beside(shift.times(expand).plus(bias("layer.fc1"))));
    put("contract", Matrix.identity(width).above(linear("layer.fc2").centred()));
    put("contractBias", bias("layer.fc2").centred());
    put("finish", Matrix.diagonal(weights.data("layer.ln2.weight")).scaled(Math.sqrt(width)));
    put("finishBias", bias("layer.ln2"));
    put("floor", floor());
  }

  /** Below what the expanded values are cut off: hidden units at 0, what passes by them nowhere. */
  private Matrix floor() {
    Matrix floor = new Matrix(1, width + feedForward);
    for (int i = 0; i < width; i++) {
      floor.values()[i] = -Float.MAX_VALUE;
    }
    return floor;
  }

  /** New float arrays by name; those called bias or floor are vectors. */
  Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    folded.forEach(
        (name, m) -> {
          boolean vector = name.endsWith("Bias") || name.equals("floor");
          arrays.put(name, vector ? m.array(m.columns()) : m.array(m.rows(), m.columns()));
        });
    return arrays;
  }

  /**
   * What "project" adds at each token's place in the list: [places, 4d].
   *
   * @param positions the position encodings [places, p]
   */
  INDArray projectBias(float[] positions, int places) {
    Matrix rows = Matrix.of(positions, places, positions.length / places);
    return rows.times(place).plus(placeBias).array(places, placeBias.columns());
  }

  private Matrix linear(String prefix) {
    return Matrix.transposed(weights.get(prefix + ".weight"));
  }

  private Matrix bias(String prefix) {
    float[] data = weights.data(prefix + ".bias");
    return Matrix.of(data, 1, data.length);
  }

  private void put(String name, Matrix matrix) {
    folded.put(name, matrix);
  }
}
