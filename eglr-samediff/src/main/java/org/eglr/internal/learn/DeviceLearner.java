package org.eglr.internal.learn;

import java.util.Map;
import java.util.function.BiConsumer;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.device.DeviceFeatures;
import org.eglr.internal.samediff.device.DeviceWeights;
import org.eglr.train.TrainingOptions;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a copy of weights that stays on the device, optimiser state and embedding tables included:
 * only lists travel there at a step, and only losses and the gradient's norm come back. The model's
 * own weights follow when they are wanted.
 */
abstract class DeviceLearner implements Learner {

  final DeviceFeatures features; // null where the weights have no feature extractor
  private final Weights weights;
  private final DeviceWeights device;
  private final DeviceAdam adam;
  private final double clipNorm;

  DeviceLearner(
      Architecture architecture,
      Weights weights,
      boolean withFeatures,
      TrainingOptions<?> options,
      double weightDecay,
      Map<String, Double> shares) {
    this.weights = weights;
    clipNorm = options.clipNorm();
    device = new DeviceWeights(weights);
    features = withFeatures ? new DeviceFeatures(architecture, device) : null;
    var uses = withFeatures ? features.uses() : null;
    adam = new DeviceAdam(weights, device, uses, options.learningRate(), weightDecay, shares);
  }

  /** The trained weights' present values. */
  final DeviceWeights present() {
    return device;
  }

  /** Brings what computes up to date. */
  abstract void update(DeviceWeights present);

  @Override
  public final TrainedWeights trained() {
    return adam;
  }

  @Override
  public final void schedule(double factor) {
    adam.schedule(factor);
  }

  @Override
  public final void weightsChanged() {
    device.load(weights);
    update(device);
  }

  @Override
  public void close() {
    adam.close();
    if (features != null) {
      features.close();
    }
    device.close();
  }

  /**
   * Begins a step.
   *
   * @param items whose features are computed in it, padding included
   */
  final void begin(int items) {
    if (features != null) {
      features.begin(items);
    }
    device.clearGradient();
  }

  /**
   * Where a part's gradients go.
   *
   * @param x its feature rows; null without a feature extractor
   */
  final BiConsumer<String, INDArray> gradients(DeviceFeatures.Part x) {
    return (name, gradient) -> {
      if (name.equals(FeatureRows.NAME)) {
        features.take(x, gradient);
      } else {
        device.addGradient(name, gradient);
      }
    };
  }

  /** Takes the step; returns the gradient's global norm before clipping. */
  final double end(int step) {
    double norm = adam.step(step, clipNorm);
    update(device);
    Backend.await(); // other threads, whose work on a GPU does not wait for this, read the weights
    return norm;
  }
}
