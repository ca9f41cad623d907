package org.eglr.internal.learn;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.samediff.device.DeviceFeatures;
import org.eglr.internal.samediff.device.DeviceWeights;
import org.eglr.internal.samediff.evaluator.EvaluatorGraph;
import org.eglr.internal.work.Parts;
import org.eglr.train.EvaluatorTraining;
import org.nd4j.linalg.api.buffer.DataType;

/** Trains the evaluator on the device. */
public final class DeviceEvaluatorLearner extends DeviceLearner implements EvaluatorLearner {

  private final Architecture architecture;
  private final EvaluatorGraph graph;

  public DeviceEvaluatorLearner(
      Architecture architecture, Weights weights, EvaluatorTraining options) {
    super(architecture, weights, true, options, options.weightDecay(), Map.of());
    this.architecture = architecture;
    graph = new EvaluatorGraph(architecture, weights, true, DataType.FLOAT);
  }

  @Override
  void update(DeviceWeights present) {
    graph.update(present);
  }

  @Override
  public void close() {
    super.close();
    graph.close();
  }

  @Override
  public Losses step(BatchLists batch, int step) {
    List<EvaluatorBatch> parts =
        Parts.padded(batch.size(), list -> 1 + batch.length(list), partSize(batch)).stream()
            .map(range -> EvaluatorBatch.of(batch, range))
            .toList();
    begin(
        parts.stream()
            .mapToInt(p -> p.lists().size() * p.lists().length())
            .reduce(0, Math::addExact));
    double click = 0;
    double value = 0;
    for (EvaluatorBatch part : parts) {
      double[] losses = gradient(part, batch.size());
      click += losses[0];
      value += losses[1];
    }
    return new Losses(click, value, end(step));
  }

  private int partSize(BatchLists batch) {
    int longest = IntStream.range(0, batch.size()).map(batch::length).max().orElse(1);
    long floats = EvaluatorGraph.floatsPerToken(architecture, true, longest);
    return Calls.of(Engine.SAMEDIFF).size(EvaluatorBatch.PART, floats);
  }

  /** Adds a part's gradients to those of the step; returns its losses. */
  private double[] gradient(EvaluatorBatch part, int batch) {
    ListBatch lists = part.lists();
    DeviceFeatures.Part x = features.x(part.requests(), lists.lengths(), lists.length());
    return graph.train(lists, x.x(), batch, gradients(x));
  }
}
