package org.eglr.internal.learn;

import java.util.List;
import java.util.function.IntFunction;
import org.eglr.Engine;
import org.eglr.internal.EnginePool;
import org.eglr.internal.Engines;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.ReplayEngine;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;

/** Replays on the workers of this JVM. */
public final class HostReplays implements Replays {

  private final Calls calls;
  private final ReplayRows rows;
  private final Weights weights;
  private final Weights reference; // null: none
  private final EnginePool<ReplayEngine> engines;
  private final EnginePool<ReplayEngine> references;

  /**
   * @param reference weights that the generator must not stray from; null where there are none
   * @param bonus whether losses may have an entropy bonus
   */
  public HostReplays(
      Engine engine, Architecture architecture, Weights weights, Weights reference, boolean bonus) {
    calls = Calls.of(engine);
    rows = new ReplayRows(architecture);
    this.weights = weights;
    this.reference = reference;
    engines = Engines.replays(engine, architecture, weights, bonus);
    references = reference == null ? null : Engines.replays(engine, architecture, reference, false);
  }

  @Override
  public void weightsChanged() {
    engines.weightsChanged();
  }

  @Override
  public void referenceChanged() {
    if (references != null) {
      references.weightsChanged();
    }
  }

  @Override
  public List<ReplayEngine.Result> gradients(
      List<GrpoBatch.Part> parts, IntFunction<PolicyLoss> loss) {
    return calls.callers().map(parts.size(), (worker, p) -> gradient(parts.get(p), loss.apply(p)));
  }

  private ReplayEngine.Result gradient(GrpoBatch.Part part, PolicyLoss loss) {
    float[] candidates = rows.of(part, weights);
    return engines.use(engine -> engine.gradient(part.lists(), candidates, loss));
  }

  @Override
  public List<double[][]> reference(List<GrpoBatch.Part> parts) {
    return calls.callers().map(parts.size(), (worker, p) -> reference(parts.get(p)));
  }

  private double[][] reference(GrpoBatch.Part part) {
    float[] candidates = rows.of(part, reference);
    return references.use(engine -> engine.choices(part.lists(), candidates));
  }

  @Override
  public void close() {
    engines.close();
    if (references != null) {
      references.close();
    }
  }
}
