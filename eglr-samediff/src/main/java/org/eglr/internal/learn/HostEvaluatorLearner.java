package org.eglr.internal.learn;

import java.util.List;
import java.util.Map;
import org.eglr.Engine;
import org.eglr.data.Request;
import org.eglr.internal.math.InOrder;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.Dropout;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.work.Parts;
import org.eglr.train.EvaluatorTraining;

/**
 * Trains the model's own weights, which lie in the computer's memory, with any engine. A batch is
 * cut into parts that do not depend on who computes them, and their gradients are added up in
 * order.
 */
public final class HostEvaluatorLearner implements EvaluatorLearner {

  private static final long DROPOUT = 0x64726f70; // no other stream of the seed begins with it

  private final Weights weights;
  private final double clipNorm;
  private final double dropout;
  private final long seed;
  private final int partSize;
  private final EvaluatorGradients gradients;
  private final FeatureRows features;
  private final RowGradients rowGradients;
  private final Adam adam;

  public HostEvaluatorLearner(
      Engine engine, Architecture architecture, Weights weights, EvaluatorTraining options) {
    this(
        engine,
        architecture,
        weights,
        options,
        new HostEvaluatorGradients(engine, architecture, weights));
  }

  /**
   * @param engine whose parts a batch is cut into
   * @param gradients computes them; closed with this
   */
  HostEvaluatorLearner(
      Engine engine,
      Architecture architecture,
      Weights weights,
      EvaluatorTraining options,
      EvaluatorGradients gradients) {
    this.weights = weights;
    this.gradients = gradients;
    clipNorm = options.clipNorm();
    dropout = options.dropout();
    seed = architecture.settings().seed();
    partSize = Calls.of(engine).size(EvaluatorBatch.PART);
    features = new FeatureRows(architecture);
    rowGradients = new RowGradients(weights);
    adam = new Adam(weights, options.learningRate(), options.weightDecay());
  }

  @Override
  public void weightsChanged() {
    gradients.weightsChanged();
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
    gradients.close();
  }

  @Override
  public Losses step(BatchLists batch, int step) {
    List<Parts.Part> parts = EvaluatorBatch.cut(batch, partSize);
    List<EvaluatorGradients.Computed> results =
        gradients.of(parts.size(), part -> task(batch, step, parts.get(part)));
    rowGradients.clear();
    results.forEach(this::scatter);
    Map<String, double[]> sum =
        Shards.sum(results.stream().map(part -> part.result().gradients()).toList());
    double norm = adam.step(step, sum, rowGradients, clipNorm);
    weightsChanged();
    double click =
        InOrder.sum(results.stream().mapToDouble(part -> part.result().clickLoss()).toArray());
    double value =
        InOrder.sum(results.stream().mapToDouble(part -> part.result().valueLoss()).toArray());
    return new Losses(click, value, norm);
  }

  private void scatter(EvaluatorGradients.Computed computed) {
    EvaluatorBatch part = computed.part();
    for (int b = 0; b < part.requests().size(); b++) {
      Request request = part.requests().get(b);
      int offset = b * part.lists().length() * features.width();
      features.scatter(
          request, request.length(), computed.result().features(), offset, rowGradients);
    }
  }

  private EvaluatorTask task(BatchLists batch, int step, Parts.Part range) {
    EvaluatorBatch part = EvaluatorBatch.of(batch, range);
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
    return new EvaluatorTask(part, x, batch.size(), drops);
  }
}
