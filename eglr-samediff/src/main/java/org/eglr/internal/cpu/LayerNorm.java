package org.eglr.internal.cpu;

import java.util.Arrays;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.model.Weights;

/** Layer normalisation with epsilon 1e-5, with the weights as they were when it was made. */
final class LayerNorm {

  private static final Kernels K = Kernels.best();

  private final String prefix;
  private final int width;
  private final float[] gain;
  private final float[] shift;

  LayerNorm(Weights weights, String prefix) {
    this.prefix = prefix;
    gain = weights.data(prefix + ".weight").clone();
    shift = weights.data(prefix + ".bias").clone();
    width = gain.length;
  }

  /**
   * Normalises rows of x; hat and y may be x itself where no gradient is wanted.
   *
   * @param hat the normalised rows before gain and shift
   * @param inverse receives a row's 1 / deviation
   */
  void apply(int rows, int from, float[] x, float[] hat, float[] inverse, float[] y) {
    for (int r = from; r < from + rows; r++) {
      int at = r * width;
      inverse[r] = K.normalise(width, x, at, hat, at);
      K.scaleShift(width, hat, at, gain, shift, y, at);
    }
  }

  /** Gradients of gain and shift, summed over calls. */
  final class Gradient {

    private final float[] gains = new float[width];
    private final float[] shifts = new float[width];
    private final float[] scaled = new float[width];

    /** dx from dy, row by row; sums the parameters' gradients on the way. */
    void backward(int rows, int from, float[] hat, float[] inverse, float[] dy, float[] dx) {
      for (int r = from; r < from + rows; r++) {
        int at = r * width;
        K.addProduct(width, dy, at, hat, at, gains, 0);
        K.addScaled(width, 1, dy, at, shifts, 0);
        Arrays.fill(scaled, 0);
        K.addProduct(width, dy, at, gain, 0, scaled, 0);
        K.normaliseGradient(width, inverse[r], hat, at, scaled, 0, dx, at);
      }
    }

    void collect(Gradients into) {
      into.put(prefix + ".weight", gains, 0, width);
      into.put(prefix + ".bias", shifts, 0, width);
    }
  }
}
