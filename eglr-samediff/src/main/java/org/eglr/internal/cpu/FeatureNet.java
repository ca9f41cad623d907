package org.eglr.internal.cpu;

import org.eglr.internal.math.Kernels;
import org.eglr.internal.model.Weights;

/** z = MLP(x) (eq. 9) over rows, with the weights as they were when it was made. */
public final class FeatureNet {

  private static final Kernels K = Kernels.best();

  private final Linear first;
  private final Linear second;

  public FeatureNet(Weights weights) {
    first = new Linear(weights, "features.fc1");
    second = new Linear(weights, "features.fc2");
  }

  /** Values of a row of x. */
  public int inputWidth() {
    return first.in;
  }

  /** Width d of a row of z. */
  public int width() {
    return second.out;
  }

  /** Width of the hidden layer. */
  public int hiddenWidth() {
    return first.out;
  }

  /**
   * Computes z from x.
   *
   * @param hidden [rows, hiddenWidth], kept for the gradient
   */
  public void apply(int rows, float[] x, float[] hidden, float[] z) {
    first.apply(rows, x, 0, first.in, hidden, 0, first.out);
    K.relu(rows * first.out, hidden, 0);
    second.apply(rows, hidden, 0, second.in, z, 0, second.out);
  }

  /** Gradients of the parameters, summed over calls. */
  final class Gradient {

    private final Linear.Gradient firsts = first.new Gradient();
    private final Linear.Gradient seconds = second.new Gradient();
    private float[] dHidden = new float[0];

    /** dx from dz. */
    void backward(int rows, float[] x, float[] hidden, float[] dz, float[] dx) {
      dHidden = Buffers.fit(dHidden, rows * first.out);
      seconds.add(rows, hidden, 0, first.out, dz, 0, second.out);
      second.backward(rows, dz, 0, second.out, dHidden, 0, first.out, false);
      K.reluGradient(rows * first.out, hidden, 0, dHidden, 0);
      firsts.add(rows, x, 0, first.in, dHidden, 0, first.out);
      first.backward(rows, dHidden, 0, first.out, dx, 0, first.in, false);
    }

    void collect(Gradients into) {
      firsts.collect(into);
      seconds.collect(into);
    }
  }
}
