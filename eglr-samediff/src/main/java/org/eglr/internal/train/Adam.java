package org.eglr.internal.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eglr.internal.nn.RowGradients;
import org.eglr.internal.nn.Tensor;
import org.eglr.internal.nn.Weights;

/**
 * Adam (Kingma and Ba, 2015) with decoupled weight decay. Embedding tables are updated row by row:
 * a row's moments move only when a batch uses it, so a step costs what its batch uses.
 */
public final class Adam {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Weights weights;
  private final double learningRate;
  private final double weightDecay;
  private final Map<String, float[]> first = new LinkedHashMap<>();
  private final Map<String, float[]> second = new LinkedHashMap<>();
  private int steps;

  public Adam(Weights weights, double learningRate, double weightDecay) {
    this.weights = weights;
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    for (Tensor tensor : weights.all()) {
      first.put(tensor.name(), new float[tensor.data().length]);
      second.put(tensor.name(), new float[tensor.data().length]);
    }
  }

  /**
   * One step down the gradient.
   *
   * @param dense gradients of the graph's parameters
   * @param rows gradients of embedding rows; may be null
   * @param clipNorm largest global norm; 0: no limit
   * @return the gradient's global norm before clipping
   * @throws IllegalStateException if the norm is not finite; the weights are left as they were
   */
  public double step(Map<String, double[]> dense, RowGradients rows, double clipNorm) {
    double norm = norm(dense, rows);
    if (!Double.isFinite(norm)) {
      throw new IllegalStateException(
          "the gradient's norm is %s at step %d: lower the learning rate or set clipNorm"
              .formatted(norm, steps + 1));
    }
    double scale = clipNorm > 0 && norm > clipNorm ? clipNorm / norm : 1;
    steps++;
    double rate = learningRate / (1 - Math.pow(BETA1, steps));
    double correction = 1 / Math.sqrt(1 - Math.pow(BETA2, steps));
    dense.forEach(
        (name, gradient) -> {
          float[] w = weights.data(name);
          float[] m = first.get(name);
          float[] v = second.get(name);
          for (int i = 0; i < w.length; i++) {
            update(w, m, v, i, gradient[i] * scale, rate, correction);
          }
        });
    if (rows != null) {
      rows.tables().forEach((name, table) -> step(name, table, scale, rate, correction));
    }
    return norm;
  }

  private void step(
      String name, RowGradients.Table table, double scale, double rate, double correction) {
    float[] w = weights.data(name);
    float[] m = first.get(name);
    float[] v = second.get(name);
    for (int slot = 0; slot < table.used(); slot++) {
      int at = table.row(slot) * table.width();
      for (int i = 0; i < table.width(); i++) {
        double gradient = table.values()[slot * table.width() + i] * scale;
        update(w, m, v, at + i, gradient, rate, correction);
      }
    }
  }

  private void update(
      float[] w, float[] m, float[] v, int i, double gradient, double rate, double correction) {
    double mean = BETA1 * m[i] + (1 - BETA1) * gradient;
    double square = BETA2 * v[i] + (1 - BETA2) * gradient * gradient;
    m[i] = (float) mean;
    v[i] = (float) square;
    double decayed = w[i] * (1 - learningRate * weightDecay);
    w[i] = (float) (decayed - rate * mean / (Math.sqrt(square) * correction + EPSILON));
  }

  private static double norm(Map<String, double[]> dense, RowGradients rows) {
    double sum = 0;
    for (double[] gradient : dense.values()) {
      for (double g : gradient) {
        sum += g * g;
      }
    }
    if (rows != null) {
      for (RowGradients.Table table : rows.tables().values()) {
        for (int i = 0; i < table.used() * table.width(); i++) {
          sum += (double) table.values()[i] * table.values()[i];
        }
      }
    }
    return Math.sqrt(sum);
  }
}
