package org.eglr.internal.learn;

import java.util.List;
import java.util.Map;
import org.eglr.Engine;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.EnginePool;
import org.eglr.internal.Engines;
import org.eglr.internal.math.InOrder;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.Dropout;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.work.Parts;
import org.eglr.train.EvaluatorTraining;

/** Trains the model's own weights, which lie in the computer's memory, with any engine. */
public final class HostEvaluatorLearner implements EvaluatorLearner {

  private static final long DROPOUT = 0x64726f70; // no other stream of the seed begins with it

  private final Weights weights;
  private final double clipNorm;
  private final double dropout;
  private final long seed;
  private final Calls calls;
  private final EnginePool<EvaluatorEngine> engines;
  private final FeatureRows features;
  private final RowGradients rowGradients;
  private final Adam adam;

  public HostEvaluatorLearner(
      Engine engine, Architecture architecture, Weights weights, EvaluatorTraining options) {
    this.weights = weights;
    clipNorm = options.clipNorm();
    dropout = options.dropout();
    seed = architecture.settings().seed();
    calls = Calls.of(engine);
    engines = Engines.evaluators(engine, architecture, weights, true);
    features = new FeatureRows(architecture);
    rowGradients = new RowGradients(weights);
    adam = new Adam(weights, options.learningRate(), options.weightDecay());
  }

  @Override
  public void weightsChanged() {
    engines.weightsChanged();
  }

  @Override
  public void schedule(double factor) {
    adam.schedule(factor);
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
  public Losses step(ListSet lists, int step, int[] batch) {
    List<Parts.Part> parts = EvaluatorBatch.cut(lists, batch, calls.size(EvaluatorBatch.PART));
    List<Part> results =
        calls
            .callers()
            .map(parts.size(), (worker, part) -> part(lists, step, batch, parts.get(part)));
    rowGradients.clear();
    for (Part part : results) {
      part.scatter(features, rowGradients);
    }
    Map<String, double[]> gradients =
        Shards.sum(results.stream().map(part -> part.result.gradients()).toList());
    double norm = adam.step(step, gradients, rowGradients, clipNorm);
    weightsChanged();
    double click =
        InOrder.sum(results.stream().mapToDouble(part -> part.result.clickLoss()).toArray());
    double value =
        InOrder.sum(results.stream().mapToDouble(part -> part.result.valueLoss()).toArray());
    return new Losses(click, value, norm);
  }

  /** One part of a batch and what the engine returned. */
  private record Part(EvaluatorBatch batch, EvaluatorEngine.Result result) {

    void scatter(FeatureRows features, RowGradients into) {
      for (int b = 0; b < batch.requests().size(); b++) {
        Request request = batch.requests().get(b);
        int offset = b * batch.lists().length() * features.width();
        features.scatter(request, request.length(), result.features(), offset, into);
      }
    }
  }

  private Part part(ListSet lists, int step, int[] batch, Parts.Part range) {
    EvaluatorBatch part = EvaluatorBatch.of(lists, batch, range);
    int row = part.lists().length() * features.width();
    float[] x = new float[range.size() * row];
    for (int b = 0; b < range.size(); b++) {
      Request request = part.requests().get(b);
      features.fill(request, request.length(), weights, x, b * row);
    }
    Dropout drops =
        dropout == 0
            ? null
            : new Dropout(dropout, CounterRandom.stream(seed, DROPOUT, step), range.from());
    return new Part(
        part, engines.use(engine -> engine.train(part.lists(), x, batch.length, drops)));
  }
}
