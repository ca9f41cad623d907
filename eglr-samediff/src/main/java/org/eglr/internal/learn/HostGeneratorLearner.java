package org.eglr.internal.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.Settings;
import org.eglr.internal.ListWriter;
import org.eglr.internal.math.InOrder;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.PolicyLoss;
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

  private final int partSize;
  private final Settings graphs; // of the graphs that replay; null: plain Java does
  private final double clipNorm;
  private final Replays replays;
  private final ReplayRows rows;
  private final RowGradients rowGradients;
  private final Adam adam;
  private final UpdateOptions updates;

  public HostGeneratorLearner(
      Engine engine, Architecture architecture, Weights weights, GrpoTraining options) {
    this(engine, architecture, weights, options, (Weights) null);
  }

  /**
   * @param reference weights that the generator must not stray from, read at each step; null where
   *     the options ask for none
   */
  public HostGeneratorLearner(
      Engine engine,
      Architecture architecture,
      Weights weights,
      GrpoTraining options,
      Weights reference) {
    this(
        engine,
        architecture,
        weights,
        options,
        new HostReplays(
            engine, architecture, weights, reference, UpdateOptions.of(options).bonus() > 0));
  }

  /**
   * @param engine whose parts a batch is cut into
   * @param replays computes them; closed with this
   */
  HostGeneratorLearner(
      Engine engine,
      Architecture architecture,
      Weights weights,
      GrpoTraining options,
      Replays replays) {
    this.replays = replays;
    updates = UpdateOptions.of(options);
    clipNorm = options.clipNorm();
    partSize = Calls.of(engine).size(engine == Engine.JAVA ? PART : GRAPH_PART);
    graphs = engine == Engine.JAVA ? null : architecture.settings();
    rows = new ReplayRows(architecture);
    rowGradients = new RowGradients(weights);
    adam = new Adam(weights, options.learningRate(), 0, LearningRates.shares(weights, options));
  }

  @Override
  public void weightsChanged() {
    replays.weightsChanged();
  }

  /** The reference's values were set from outside. */
  void referenceChanged() {
    replays.referenceChanged();
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
    replays.close();
  }

  @Override
  public Outcome step(int step, GrpoBatch batch) {
    List<GrpoBatch.Part> parts = batch.cut(limit(batch), updates.allTeach());
    if (parts.isEmpty()) {
      return new Outcome(0, 0);
    }
    if (!updates.plain()) {
      return updates(step, parts, batch.advantages().length);
    }
    return update(step, parts, replays.gradients(parts, part -> PolicyLoss.ON_POLICY));
  }

  private long limit(GrpoBatch batch) {
    if (graphs == null) {
      return partSize;
    }
    int replaying = updates.divergence() > 0 ? 2 : 1; // the reference has a graph of its own
    return Math.min(partSize, Math.max(1, batch.fitting(graphs) / replaying));
  }

  /** One update of the weights by what the parts' replays gave. */
  private Outcome update(int step, List<GrpoBatch.Part> parts, List<ReplayEngine.Result> results) {
    rowGradients.clear();
    for (int part = 0; part < parts.size(); part++) {
      rows.scatter(parts.get(part), results.get(part).features(), rowGradients);
    }
    Map<String, double[]> gradients =
        Shards.sum(results.stream().map(ReplayEngine.Result::gradients).toList());
    double loss = InOrder.sum(results.stream().mapToDouble(ReplayEngine.Result::loss).toArray());
    double norm = adam.step(step, gradients, rowGradients, clipNorm);
    weightsChanged();
    return new Outcome(loss, norm);
  }

  /** All updates of a step. */
  private Outcome updates(int step, List<GrpoBatch.Part> parts, int lists) {
    boolean drawnBack = updates.divergence() > 0;
    List<double[][]> reference = drawnBack ? replays.reference(parts) : null;
    List<PartReplay> states =
        IntStream.range(0, parts.size())
            .mapToObj(
                p ->
                    new PartReplay(
                        parts.get(p), updates, lists, drawnBack ? reference.get(p) : null))
            .toList();
    double loss = 0;
    double norm = 0;
    double divergence = 0;
    int choices = 0;
    int clipped = 0;
    for (int u = 0; u < updates.updates(); u++) {
      List<ReplayEngine.Result> results = replays.gradients(parts, p -> states.get(p).next());
      for (int p = 0; p < results.size(); p++) {
        states.get(p).took(results.get(p));
      }
      Outcome outcome = update(step, parts, results);
      loss += outcome.loss() / updates.updates();
      norm += outcome.norm() / updates.updates();
      for (PartReplay replay : states) {
        divergence += drawnBack ? replay.divergence() / updates.updates() : 0;
        choices += u == 0 ? 0 : replay.choices();
        clipped += u == 0 ? 0 : replay.clipped();
      }
    }
    Map<String, Double> more = new LinkedHashMap<>();
    if (drawnBack) {
      more.put("KL to reference", divergence);
    }
    if (updates.updates() > 1) {
      more.put("clipped choices", (double) clipped / choices);
    }
    return new Outcome(loss, norm, more);
  }

  @Override
  public void show(ListWriter writer) {
    writer.weightsChanged();
  }
}
