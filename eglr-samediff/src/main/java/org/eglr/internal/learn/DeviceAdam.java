package org.eglr.internal.learn;

import java.util.Map;
import org.eglr.Engine;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.samediff.device.DeviceArray;
import org.eglr.internal.samediff.device.DeviceState;
import org.eglr.internal.samediff.device.DeviceUses;
import org.eglr.internal.samediff.device.DeviceWeights;
import org.eglr.internal.store.Checkpoint;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link Adam} on the device: the same steps but for rounding, since it computes in float32. Only
 * the gradient's norm comes to the computer's memory. Not thread-safe.
 */
public final class DeviceAdam implements TrainedWeights, AutoCloseable {

  private final Weights weights;
  private final DeviceWeights device;
  private final DeviceUses uses;
  private final double learningRate;
  private final double weightDecay;
  private final Map<String, Double> shares;
  private final DeviceArray scratch = new DeviceArray();
  private double factor = 1;
  private int steps;

  /**
   * @param weights of the model, which are written only by {@link #store}
   * @param device their present values, which are trained
   * @param uses of embedding rows; null where the embedding tables are not trained
   * @param shares of the learning rate, by name of a dense parameter; 1 for all others
   */
  public DeviceAdam(
      Weights weights,
      DeviceWeights device,
      DeviceUses uses,
      double learningRate,
      double weightDecay,
      Map<String, Double> shares) {
    this.weights = weights;
    this.device = device;
    this.uses = uses;
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    this.shares = shares;
  }

  /**
   * Whether weights are trained this way: where calls of graphs are few and large, as on a GPU, and
   * weights, moments and gradients leave half of the device's memory free.
   */
  public static boolean suits(Weights weights) {
    return Calls.of(Engine.SAMEDIFF).oneCaller() && DeviceWeights.fit(weights);
  }

  /** Multiplies the learning rate of the steps to come, the weight decay's part too. */
  void schedule(double by) {
    factor = by;
  }

  /**
   * One step down the gradient that weights and uses hold; the gradient is used up.
   *
   * @param step the run's step, for messages
   * @param clipNorm largest global norm; 0: no limit
   * @return the gradient's global norm before clipping
   * @throws IllegalStateException if the norm is not finite, or its square no float; the weights
   *     and moments are left as they were
   */
  double step(int step, double clipNorm) {
    INDArray dense = device.gradient();
    INDArray rows = uses == null ? null : uses.gradient();
    double norm = StrictMath.hypot(norm(dense), rows == null ? 0 : norm(rows));
    double scale = Adam.scale(step, norm, clipNorm);
    steps++;
    update(device.dense(), dense, scale, shares);
    if (rows != null) {
      DeviceState used = uses.read();
      update(used, rows, scale, Map.of());
      uses.write(used);
    }
    return norm;
  }

  @Override
  public void store() {
    device.store(weights);
  }

  @Override
  public Checkpoint.Optimiser state() {
    Weights first = weights.zeros();
    Weights second = weights.zeros();
    device.storeMoments(first, second);
    return new Checkpoint.Optimiser(steps, first, second);
  }

  @Override
  public void resume(Checkpoint.Optimiser state) {
    steps = state.steps();
    device.loadMoments(state.first(), state.second());
  }

  @Override
  public void close() {
    scratch.close();
  }

  /** {@link Adam}'s update of a value, for all values at once; the gradient is overwritten. */
  private void update(
      DeviceState state, INDArray gradient, double scale, Map<String, Double> slower) {
    double rate = learningRate * factor / (1 - StrictMath.pow(Adam.BETA1, steps));
    double correction = 1 / Math.sqrt(1 - StrictMath.pow(Adam.BETA2, steps));
    INDArray first = state.first();
    INDArray second = state.second();
    scratch.shape(gradient.rows(), gradient.columns());
    INDArray change = scratch.rows(0, gradient.rows(), gradient.shape());
    if (scale != 1) {
      gradient.muli(scale);
    }
    first.muli(Adam.BETA1).addi(gradient.mul(1 - Adam.BETA1, change));
    gradient.muli(gradient).muli(1 - Adam.BETA2);
    second.muli(Adam.BETA2).addi(gradient);
    Nd4j.getExecutioner().exec(new Sqrt(second, change));
    change.muli(correction).addi(Adam.EPSILON).rdivi(first).muli(rate);
    slower.forEach((name, share) -> device.part(change, name).muli(share));
    if (weightDecay != 0) {
      // (1 - rate * decay) would round away most of a small decay
      change.addi(state.values().mul(learningRate * factor * weightDecay, gradient));
    }
    state.values().subi(change);
  }

  /** The Euclidean norm, by way of the rows' norms: a single running sum would be imprecise. */
  private static double norm(INDArray gradient) {
    double norm = normOf(gradient);
    if (!Double.isInfinite(norm)) {
      return norm;
    }
    // Perhaps only the squares are too large.
    double largest = gradient.amaxNumber().doubleValue();
    if (Double.isInfinite(largest)) {
      return norm;
    }
    try (INDArray scaled = gradient.div(largest)) {
      return largest * normOf(scaled);
    }
  }

  private static double normOf(INDArray array) {
    try (INDArray rows = array.norm2(1)) {
      return rows.norm2Number().doubleValue();
    }
  }
}
