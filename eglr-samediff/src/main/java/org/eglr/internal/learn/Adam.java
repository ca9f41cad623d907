package org.eglr.internal.learn;

import java.util.Map;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Weights;
import org.eglr.internal.store.Checkpoint;

/**
 * Adam (Kingma and Ba, 2015) with decoupled weight decay. Embedding tables are updated row by row:
 * a row's moments move only when a batch uses it, so a step costs what its batch uses.
 */
public final class Adam implements TrainedWeights {

  public static final double BETA1 = 0.9;
  public static final double BETA2 = 0.999;
  public static final double EPSILON = 1e-8;

  /** Its square is still a float. */
  private static final double MAX_NORM = 1e19;

  private final Weights weights;
  private final double learningRate;
  private final double weightDecay;
  private final Map<String, Double> shares;
  private final Weights first;
  private final Weights second;
  private double factor = 1;
  private int steps;

  public Adam(Weights weights, double learningRate, double weightDecay) {
    this(weights, learningRate, weightDecay, Map.of());
  }

  /**
   * @param shares of the learning rate, by name of a dense parameter; 1 for all others
   */
  public Adam(
      Weights weights, double learningRate, double weightDecay, Map<String, Double> shares) {
    this.weights = weights;
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    this.shares = shares;
    this.first = weights.zeros();
    this.second = weights.zeros();
  }

  /** Multiplies the learning rate of the steps to come, the weight decay's part too. */
  public void schedule(double by) {
    factor = by;
  }

  /**
   * One step down the gradient.
   *
   * @param step the run's step, for messages
   * @param dense gradients of the graph's parameters
   * @param rows gradients of embedding rows; may be null
   * @param clipNorm largest global norm; 0: no limit
   * @return the gradient's global norm before clipping
   * @throws IllegalStateException if the norm is not finite, or its square no float; the weights
   *     and moments are left as they were
   */
  public double step(int step, Map<String, double[]> dense, RowGradients rows, double clipNorm) {
    double norm = norm(dense, rows);
    double scale = scale(step, norm, clipNorm);
    steps++;
    double rate = learningRate * factor / (1 - StrictMath.pow(BETA1, steps));
    double correction = 1 / Math.sqrt(1 - StrictMath.pow(BETA2, steps));
    dense.forEach(
        (name, gradient) -> {
          float[] w = weights.data(name);
          float[] m = first.data(name);
          float[] v = second.data(name);
          double own = rate * shares.getOrDefault(name, 1.0);
          for (int i = 0; i < w.length; i++) {
            update(w, m, v, i, gradient[i] * scale, own, correction);
          }
        });
    if (rows != null) {
      rows.tables().forEach((name, table) -> step(name, table, scale, rate, correction));
    }
    return norm;
  }

  /**
   * By what a gradient is multiplied before it is used.
   *
   * @throws IllegalStateException if no step can be taken with it
   */
  public static double scale(int step, double norm, double clipNorm) {
    double scale = clipNorm > 0 && norm > clipNorm ? clipNorm / norm : 1;
    if (!(norm * scale < MAX_NORM)) {
      throw new IllegalStateException(
          ("the gradient's norm is %s at step %d: the step was not taken and the best weights so"
                  + " far are kept; lower the learning rate or set clipNorm")
              .formatted(norm, step));
    }
    return scale;
  }

  @Override
  public Checkpoint.Optimiser state() {
    return new Checkpoint.Optimiser(steps, first, second);
  }

  @Override
  public void resume(Checkpoint.Optimiser state) {
    steps = state.steps();
    first.setFrom(state.first());
    second.setFrom(state.second());
  }

  private void step(
      String name, RowGradients.Table table, double scale, double rate, double correction) {
    float[] w = weights.data(name);
    float[] m = first.data(name);
    float[] v = second.data(name);
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
    double decayed = w[i] * (1 - learningRate * factor * weightDecay);
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
