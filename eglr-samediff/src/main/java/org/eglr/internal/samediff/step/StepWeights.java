package org.eglr.internal.samediff.step;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eglr.Settings;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Sinusoid;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Graph;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The generator's decoder layer (eq. 11) with neighbouring linear maps multiplied into one, so that
 * a decoding step needs few operations. Matrices here are [in, out]; products are taken in double.
 *
 * <p>The input projection goes into the query, key and value projections. The first half of a layer
 * normalisation, subtracting the mean, is itself linear and goes into the maps before it; its gain
 * and shift go into the maps behind it.
 */
final class StepWeights extends Graph {

  private final int width;
  private final int position;
  private final int feedForward;
  private final boolean gated;
  private final Map<String, SDVariable> folded = new LinkedHashMap<>();

  StepWeights(Settings settings, Weights weights) {
    super(weights, DataType.DOUBLE);
    width = settings.width();
    position = settings.position();
    feedForward = settings.feedForward();
    gated = settings.reasoning().gated();
    iteration(
        () -> {
          project(1 / Math.sqrt((double) width / settings.heads()));
          layer();
          return null;
        });
    load(weights);
  }

  private void project(double scale) {
    SDVariable attention =
        beside(matrix("layer.q").mul(scale), matrix("layer.k"), matrix("layer.v"));
    SDVariable bias = beside(row("layer.q").mul(scale), row("layer.k"), row("layer.v"));
    SDVariable input = matrix("inp");
    SDVariable token = sd.slice(input, new int[] {0, 0}, width, width);
    put("project", beside(token.mmul(attention), centred(token)));
    SDVariable places = sd.slice(input, new int[] {width, 0}, position, width);
    SDVariable place = input("positions", -1, position).mmul(places).add(row("inp"));
    beside(place.mmul(attention).add(bias), centred(place)).castTo("places", DataType.FLOAT);
  }

  private void layer() {
    put("output", centred(matrix("layer.o")));
    put("outputBias", centred(row("layer.o")));
    SDVariable gain = gain("layer.ln1");
    SDVariable shift = row("layer.ln1");
    SDVariable expand = matrix("layer.fc1");
    put("expand", beside(centred(gain), gain.mmul(expand)));
    put("expandBias", beside(centred(shift), shift.mmul(expand).add(row("layer.fc1"))));
    SDVariable past = sd.constant(Nd4j.eye(width).castTo(DataType.DOUBLE));
    put("contract", sd.concat(0, past, centred(matrix("layer.fc2"))));
    put("contractBias", centred(row("layer.fc2")));
    put("finish", gain("layer.ln2"));
    put("finishBias", row("layer.ln2"));
    put("floorBias", sd.constant(floor()));
    if (gated) {
      put("gain", sd.expandDims(weight(Architecture.GAIN), 0));
    }
  }

  /** Below what the expanded values are cut off: hidden units at 0, what passes by them nowhere. */
  private INDArray floor() {
    double[] floor = new double[width + feedForward];
    Arrays.fill(floor, 0, width, -Float.MAX_VALUE);
    return Backend.array(type, floor, 1, floor.length);
  }

  /** Of a linear layer: [in, out]. */
  private SDVariable matrix(String layer) {
    return sd.permute(weight(layer + ".weight"), 1, 0);
  }

  private SDVariable row(String layer) {
    return sd.expandDims(weight(layer + ".bias"), 0);
  }

  /** Of a layer normalisation; x divided by its length is sqrt(d) times too small. */
  private SDVariable gain(String layer) {
    return sd.math().diag(weight(layer + ".weight")).mul(Math.sqrt(width));
  }

  /** Subtracts from every row its mean. */
  private SDVariable centred(SDVariable matrix) {
    return matrix.sub(sd.mean(matrix, true, 1));
  }

  private SDVariable beside(SDVariable... matrices) {
    return sd.concat(1, matrices);
  }

  /** Those called bias are vectors. */
  private void put(String name, SDVariable matrix) {
    SDVariable shaped = name.endsWith("Bias") ? sd.reshape(matrix, -1) : matrix;
    folded.put(name, shaped.castTo(name, DataType.FLOAT));
  }

  /** The present values of a parameter that is not folded. */
  double[] values(String parameter) {
    return Backend.doubles(weight(parameter).getArr());
  }

  /** The float arrays by name; valid until the iteration ends. */
  Map<String, INDArray> arrays() {
    return execute(Map.of(), folded.keySet().toArray(String[]::new));
  }

  /** What "project" adds at each token's place in the list: [places, 4d]; as {@link #arrays}. */
  INDArray places(int count) {
    float[] rows = Sinusoid.rows(count, position);
    try (INDArray positions = Backend.array(type, rows, count, position)) {
      return execute(Map.of("positions", positions), "places").get("places");
    }
  }
}
