package org.eglr.internal.train;

import java.util.List;
import org.eglr.Engine;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.internal.Calls;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.Backend;
import org.eglr.internal.nn.DeviceFeatures;
import org.eglr.internal.nn.DeviceUses;
import org.eglr.internal.nn.DeviceWeights;
import org.eglr.internal.nn.ReplayBatch;
import org.eglr.internal.nn.ReplayGraph;
import org.eglr.internal.nn.Weights;
import org.eglr.internal.store.Checkpoint;
import org.eglr.train.GrpoTraining;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a copy of the generator's weights that stays on the device, optimiser state and, with
 * trainFeatures, embedding tables included. The model's own weights follow when they are wanted.
 */
final class DeviceGeneratorLearner implements GeneratorLearner {

  private final Weights weights;
  private final Settings settings;
  private final double clipNorm;
  private final int partSize;
  private final ReplayGraph graph;
  private final DeviceWeights device;
  private final DeviceFeatures features; // null without trainFeatures
  private final DeviceAdam adam;

  DeviceGeneratorLearner(Architecture architecture, Weights weights, GrpoTraining options) {
    this.weights = weights;
    settings = architecture.settings();
    clipNorm = options.clipNorm();
    partSize = Calls.of(Engine.SAMEDIFF).size(HostGeneratorLearner.GRAPH_PART);
    graph = new ReplayGraph(architecture, weights, settings.reasoning(), DataType.FLOAT);
    device = new DeviceWeights(weights);
    boolean trainFeatures = settings.trainFeatures();
    features = trainFeatures ? new DeviceFeatures(architecture, device) : null;
    DeviceUses uses = trainFeatures ? features.uses() : null;
    adam = new DeviceAdam(weights, device, uses, options.learningRate(), 0);
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
    if (features != null) {
      features.close();
    }
    device.close();
    graph.close();
  }

  @Override
  public Outcome step(int step, GrpoBatch batch) {
    List<GrpoBatch.Part> parts = batch.cut(Math.min(partSize, fitting(batch)));
    if (parts.isEmpty()) {
      return new Outcome(0, 0);
    }
    if (features != null) {
      features.begin(
          parts.stream()
              .mapToInt(part -> part.lists().requests() * part.lists().pool())
              .reduce(0, Math::addExact));
    }
    device.clearGradient();
    double loss = 0;
    for (GrpoBatch.Part part : parts) {
      loss += features == null ? ofCandidates(part) : ofFeatures(part);
    }
    double norm = adam.step(step, clipNorm);
    graph.update(device);
    return new Outcome(loss, norm);
  }

  private long fitting(GrpoBatch batch) {
    int pool = batch.largestPool();
    return GrpoBatch.cost(ReplayGraph.fitting(settings, pool, batch.shortestList()), pool);
  }

  /** Adds a part's gradient to that of the step; returns its loss. */
  private double ofCandidates(GrpoBatch.Part part) {
    float[] z = part.candidates(settings.width());
    try (INDArray candidates = Backend.array(DataType.FLOAT, z, z.length)) {
      return graph.gradient(part.lists(), candidates, device::addGradient);
    }
  }

  private double ofFeatures(GrpoBatch.Part part) {
    ReplayBatch lists = part.lists();
    List<Request> requests = part.requests();
    DeviceFeatures.Part x = features.x(requests, lists.pools(), lists.pool());
    return graph.gradient(
        lists,
        x.x(),
        (name, gradient) -> {
          if (name.equals(ReplayGraph.FEATURES)) {
            features.take(x, gradient);
          } else {
            device.addGradient(name, gradient);
          }
        });
  }
}
