package org.eglr.internal.learn;

import java.util.List;
import java.util.Map;
import org.eglr.Engine;
import org.eglr.data.Request;
import org.eglr.internal.EnginePool;
import org.eglr.internal.Engines;
import org.eglr.internal.ListWriter;
import org.eglr.internal.math.InOrder;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.ReplayEngine;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.train.GrpoTraining;

/** Trains the model's own weights, which lie in the computer's memory, with any engine. */
public final class HostGeneratorLearner implements GeneratorLearner {

  /**
   * Tokens per part of a batch: enough to share the layers' matrices, few enough for the cache and
   * to leave no worker idle.
   */
  private static final int PART = 2048;

  /** Graphs take every operation through all lists at once, and each costs something by itself. */
  public static final int GRAPH_PART = 2 * PART;

  private final Architecture architecture;
  private final Weights weights;
  private final boolean trainFeatures;
  private final double clipNorm;
  private final Calls calls;
  private final int partSize;
  private final EnginePool<ReplayEngine> engines;
  private final FeatureRows features;
  private final RowGradients rowGradients;
  private final Adam adam;

  public HostGeneratorLearner(
      Engine engine, Architecture architecture, Weights weights, GrpoTraining options) {
    this.architecture = architecture;
    this.weights = weights;
    trainFeatures = architecture.settings().trainFeatures();
    clipNorm = options.clipNorm();
    calls = Calls.of(engine);
    partSize = calls.size(engine == Engine.JAVA ? PART : GRAPH_PART);
    engines = Engines.replays(engine, architecture, weights);
    features = new FeatureRows(architecture);
    rowGradients = new RowGradients(weights);
    adam = new Adam(weights, options.learningRate(), 0);
  }

  @Override
  public void weightsChanged() {
    engines.weightsChanged();
  }

  @Override
  public TrainedWeights trained() {
    return adam;
  }

  @Override
  public void close() {
    engines.close();
  }

  @Override
  public Outcome step(int step, GrpoBatch batch) {
    List<GrpoBatch.Part> parts = batch.cut(partSize);
    if (parts.isEmpty()) {
      return new Outcome(0, 0);
    }
    List<ReplayEngine.Result> results =
        calls.callers().map(parts.size(), (worker, part) -> replay(parts.get(part)));
    rowGradients.clear();
    if (trainFeatures) {
      for (int part = 0; part < parts.size(); part++) {
        scatter(parts.get(part), results.get(part).features());
      }
    }
    Map<String, double[]> gradients =
        Shards.sum(results.stream().map(ReplayEngine.Result::gradients).toList());
    double loss = InOrder.sum(results.stream().mapToDouble(ReplayEngine.Result::loss).toArray());
    double norm = adam.step(step, gradients, rowGradients, clipNorm);
    weightsChanged();
    return new Outcome(loss, norm);
  }

  @Override
  public void show(ListWriter writer) {
    writer.weightsChanged();
  }

  private ReplayEngine.Result replay(GrpoBatch.Part part) {
    float[] candidates = trainFeatures ? rows(part) : part.vectors(architecture.settings().width());
    return engines.use(engine -> engine.gradient(part.lists(), candidates));
  }

  private float[] rows(GrpoBatch.Part part) {
    int row = part.lists().pool() * features.width();
    List<Request> requests = part.requests();
    float[] rows = new float[requests.size() * row];
    for (int r = 0; r < requests.size(); r++) {
      Request request = requests.get(r);
      features.fill(request, request.pool(), weights, rows, r * row);
    }
    return rows;
  }

  private void scatter(GrpoBatch.Part part, double[] gradient) {
    int row = part.lists().pool() * features.width();
    List<Request> requests = part.requests();
    for (int r = 0; r < requests.size(); r++) {
      Request request = requests.get(r);
      features.scatter(request, request.pool(), gradient, r * row, rowGradients);
    }
  }
}
