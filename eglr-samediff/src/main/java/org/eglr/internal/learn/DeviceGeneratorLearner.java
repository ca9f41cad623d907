package org.eglr.internal.learn;

import java.util.List;
import org.eglr.Engine;
import org.eglr.Settings;
import org.eglr.internal.ListWriter;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.ItemRows;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.samediff.device.DeviceArray;
import org.eglr.internal.samediff.device.DeviceFeatures;
import org.eglr.internal.samediff.device.DeviceWeights;
import org.eglr.internal.samediff.device.ItemGraph;
import org.eglr.internal.samediff.replay.ReplayGraph;
import org.eglr.train.GrpoTraining;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trains the generator on the device; with trainFeatures its feature extractor, too. */
public final class DeviceGeneratorLearner extends DeviceLearner implements GeneratorLearner {

  private final Settings settings;
  private final int partSize;
  private final ReplayGraph graph;
  private final ItemGraph items; // null: vectors are sent, or made in the graph
  private final DeviceArray vectors = new DeviceArray();

  /**
   * @param featureWeights whose extractor the generator uses: its own or the evaluator's
   */
  public DeviceGeneratorLearner(
      Architecture architecture, Weights featureWeights, Weights weights, GrpoTraining options) {
    super(
        architecture,
        weights,
        architecture.settings().trainFeatures(),
        options,
        0,
        LearningRates.shares(weights, options));
    settings = architecture.settings();
    partSize = Calls.of(Engine.SAMEDIFF).size(HostGeneratorLearner.GRAPH_PART);
    graph = new ReplayGraph(architecture, weights, settings.reasoning(), DataType.FLOAT);
    boolean frozen = featureWeights != weights;
    boolean suits = ItemGraph.suits(Engine.SAMEDIFF, featureWeights);
    items = frozen && suits ? new ItemGraph(architecture, featureWeights) : null;
  }

  @Override
  void update(DeviceWeights present) {
    graph.update(present);
  }

  @Override
  public void close() {
    super.close();
    graph.close();
    vectors.close();
    if (items != null) {
      items.close();
    }
  }

  @Override
  public Outcome step(int step, GrpoBatch batch) {
    List<GrpoBatch.Part> parts = batch.cutEvenly(settings, partSize);
    if (parts.isEmpty()) {
      return new Outcome(0, 0);
    }
    begin(
        parts.stream()
            .mapToInt(part -> part.lists().requests() * part.lists().pool())
            .reduce(0, Math::addExact));
    double loss = 0;
    for (GrpoBatch.Part part : parts) {
      loss += features == null ? ofCandidates(part) : ofFeatures(part);
    }
    return new Outcome(loss, end(step));
  }

  @Override
  public void show(ListWriter writer) {
    if (!writer.weightsChanged(present())) {
      trained().store();
      writer.weightsChanged();
    }
  }

  /** Adds a part's gradient to that of the step; returns its loss. */
  private double ofCandidates(GrpoBatch.Part part) {
    return items == null ? ofSent(part) : ofMade(part);
  }

  private double ofSent(GrpoBatch.Part part) {
    float[] z = part.vectors(settings.width());
    try (INDArray candidates = Backend.array(DataType.FLOAT, z, z.length)) {
      return graph.gradient(part.lists(), candidates, gradients(null));
    }
  }

  private double ofMade(GrpoBatch.Part part) {
    ReplayBatch lists = part.lists();
    ItemRows rows = ItemRows.byRequest(part.requests(), lists.pools(), lists.pool());
    vectors.shape(rows.size(), settings.width());
    INDArray candidates = vectors.rows(0, rows.size(), rows.size(), settings.width());
    items.vectors(rows, candidates);
    return graph.gradient(lists, candidates, gradients(null));
  }

  private double ofFeatures(GrpoBatch.Part part) {
    ReplayBatch lists = part.lists();
    DeviceFeatures.Part x = features.x(part.requests(), lists.pools(), lists.pool());
    return graph.gradient(lists, x.x(), gradients(x));
  }
}
