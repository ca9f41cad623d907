package org.eglr.internal.train;

import java.util.Arrays;
import java.util.List;
import org.eglr.Engine;
import org.eglr.Settings;
import org.eglr.data.ListSet;
import org.eglr.internal.Calls;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.DeviceFeatures;
import org.eglr.internal.nn.DeviceWeights;
import org.eglr.internal.nn.EvaluatorGraph;
import org.eglr.internal.nn.ListBatch;
import org.eglr.internal.nn.Weights;
import org.eglr.internal.store.Checkpoint;
import org.eglr.train.EvaluatorTraining;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Trains a copy of the weights that stays on the device, embedding tables and optimiser state
 * included: only the lists travel there at a step, and only losses and the gradient's norm come
 * back. The model's own weights follow when they are wanted.
 */
final class DeviceEvaluatorLearner implements EvaluatorLearner {

  private final Weights weights;
  private final double clipNorm;
  private final Settings settings;
  private final EvaluatorGraph graph;
  private final DeviceWeights device;
  private final DeviceFeatures features;
  private final DeviceAdam adam;

  DeviceEvaluatorLearner(Architecture architecture, Weights weights, EvaluatorTraining options) {
    this.weights = weights;
    clipNorm = options.clipNorm();
    settings = architecture.settings();
    graph = new EvaluatorGraph(architecture, weights, true, DataType.FLOAT);
    device = new DeviceWeights(weights);
    features = new DeviceFeatures(architecture, device);
    adam =
        new DeviceAdam(
            weights, device, features.uses(), options.learningRate(), options.weightDecay());
  }

  @Override
  public void weightsChanged() {
    device.load(weights);
    graph.update(device);
  }

  @Override
  public void store() {
    adam.store();
  }

  @Override
  public Checkpoint.Optimiser state() {
    return adam.state();
  }

  @Override
  public void resume(Checkpoint.Optimiser state) {
    adam.resume(state);
  }

  @Override
  public void close() {
    adam.close();
    features.close();
    device.close();
    graph.close();
  }

  @Override
  public Losses step(ListSet lists, int step, int[] batch) {
    List<EvaluatorBatch> parts =
        EvaluatorBatch.cut(lists, batch, partSize(lists, batch)).stream()
            .map(range -> EvaluatorBatch.of(lists, batch, range))
            .toList();
    features.begin(
        parts.stream()
            .mapToInt(p -> p.lists().size() * p.lists().length())
            .reduce(0, Math::addExact));
    device.clearGradient();
    double click = 0;
    double value = 0;
    for (EvaluatorBatch part : parts) {
      double[] losses = gradient(part, batch.length);
      click += losses[0];
      value += losses[1];
    }
    double norm = adam.step(step, clipNorm);
    graph.update(device);
    return new Losses(click, value, norm);
  }

  private int partSize(ListSet lists, int[] batch) {
    int longest = Arrays.stream(batch).map(lists::length).max().orElse(1);
    long floats = EvaluatorGraph.floatsPerToken(settings, true, longest);
    return Calls.of(Engine.SAMEDIFF).size(EvaluatorBatch.PART, floats);
  }

  /** Adds a part's gradients to those of the step; returns its losses. */
  private double[] gradient(EvaluatorBatch part, int batch) {
    ListBatch lists = part.lists();
    DeviceFeatures.Part x = features.x(part.requests(), lists.lengths(), lists.length());
    return graph.train(
        lists,
        x.x(),
        batch,
        (name, gradient) -> {
          if (name.equals(EvaluatorGraph.FEATURES)) {
            features.take(x, gradient);
          } else {
            device.addGradient(name, gradient);
          }
        });
  }
}
