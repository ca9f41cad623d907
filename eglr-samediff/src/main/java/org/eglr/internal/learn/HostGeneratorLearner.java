package org.eglr.internal.learn;

import java.util.LinkedHashMap;
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
  private final UpdateOptions updates;
  private final Weights reference; // null: none
  private final EnginePool<ReplayEngine> references;

  public HostGeneratorLearner(
      Engine engine, Architecture architecture, Weights weights, GrpoTraining options) {
    this(engine, architecture, weights, options, null);
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
    this.reference = reference;
    updates = UpdateOptions.of(options);
    references = reference == null ? null : Engines.replays(engine, architecture, reference, false);
    this.architecture = architecture;
    this.weights = weights;
    trainFeatures = architecture.settings().trainFeatures();
    clipNorm = options.clipNorm();
    calls = Calls.of(engine);
    partSize = calls.size(engine == Engine.JAVA ? PART : GRAPH_PART);
    engines = Engines.replays(engine, architecture, weights, updates.bonus() > 0);
    features = new FeatureRows(architecture);
    rowGradients = new RowGradients(weights);
    adam = new Adam(weights, options.learningRate(), 0);
  }

  @Override
  public void weightsChanged() {
    engines.weightsChanged();
  }

  /** The reference's values were set from outside. */
  void referenceChanged() {
    if (references != null) {
      references.weightsChanged();
    }
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
    if (references != null) {
      references.close();
    }
  }

  @Override
  public Outcome step(int step, GrpoBatch batch) {
    List<GrpoBatch.Part> parts = batch.cut(partSize, updates.allTeach());
    if (parts.isEmpty()) {
      return new Outcome(0, 0);
    }
    if (!updates.plain()) {
      return updates(step, parts, batch.advantages().length);
    }
    List<ReplayEngine.Result> results =
        calls
            .callers()
            .map(parts.size(), (worker, part) -> replay(parts.get(part), PolicyLoss.ON_POLICY));
    return update(step, parts, results);
  }

  /** One update of the weights by what the parts' replays gave. */
  private Outcome update(int step, List<GrpoBatch.Part> parts, List<ReplayEngine.Result> results) {
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

  /** All updates of a step. */
  private Outcome updates(int step, List<GrpoBatch.Part> parts, int lists) {
    List<PartReplay> replays =
        calls
            .callers()
            .map(
                parts.size(),
                (worker, p) ->
                    new PartReplay(parts.get(p), updates, lists, reference(parts.get(p))));
    double loss = 0;
    double norm = 0;
    double divergence = 0;
    int choices = 0;
    int clipped = 0;
    for (int u = 0; u < updates.updates(); u++) {
      List<ReplayEngine.Result> results =
          calls
              .callers()
              .map(
                  parts.size(),
                  (worker, p) -> {
                    PartReplay replay = replays.get(p);
                    replay.took(replay(replay.part(), replay.next()));
                    return replay.result();
                  });
      Outcome outcome = update(step, parts, results);
      loss += outcome.loss() / updates.updates();
      norm += outcome.norm() / updates.updates();
      for (PartReplay replay : replays) {
        divergence += reference == null ? 0 : replay.divergence() / updates.updates();
        choices += u == 0 ? 0 : replay.choices();
        clipped += u == 0 ? 0 : replay.clipped();
      }
    }
    Map<String, Double> more = new LinkedHashMap<>();
    if (reference != null) {
      more.put("KL to reference", divergence);
    }
    if (updates.updates() > 1) {
      more.put("clipped choices", (double) clipped / choices);
    }
    return new Outcome(loss, norm, more);
  }

  private double[][] reference(GrpoBatch.Part part) {
    if (reference == null) {
      return null;
    }
    float[] candidates = candidates(part, reference);
    return references.use(engine -> engine.choices(part.lists(), candidates));
  }

  @Override
  public void show(ListWriter writer) {
    writer.weightsChanged();
  }

  private ReplayEngine.Result replay(GrpoBatch.Part part, PolicyLoss loss) {
    float[] candidates = candidates(part, weights);
    return engines.use(engine -> engine.gradient(part.lists(), candidates, loss));
  }

  private float[] candidates(GrpoBatch.Part part, Weights of) {
    return trainFeatures ? rows(part, of) : part.vectors(architecture.settings().width());
  }

  private float[] rows(GrpoBatch.Part part, Weights of) {
    int row = part.lists().pool() * features.width();
    List<Request> requests = part.requests();
    float[] rows = new float[requests.size() * row];
    for (int r = 0; r < requests.size(); r++) {
      Request request = requests.get(r);
      features.fill(request, request.pool(), of, rows, r * row);
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
