package org.eglr.internal.learn;

import java.util.List;
import java.util.function.IntFunction;
import org.eglr.Engine;
import org.eglr.internal.EnginePool;
import org.eglr.internal.Engines;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;

/** Computes on the workers of this JVM. */
final class HostEvaluatorGradients implements EvaluatorGradients {

  private final Calls calls;
  private final EnginePool<EvaluatorEngine> engines;

  HostEvaluatorGradients(Engine engine, Architecture architecture, Weights weights) {
    calls = Calls.of(engine);
    engines = Engines.evaluators(engine, architecture, weights, true);
  }

  @Override
  public void weightsChanged() {
    engines.weightsChanged();
  }

  @Override
  public List<Computed> of(int parts, IntFunction<EvaluatorTask> task) {
    return calls.callers().map(parts, (worker, part) -> computed(task.apply(part)));
  }

  private Computed computed(EvaluatorTask task) {
    return new Computed(task.part(), engines.use(task::on));
  }

  @Override
  public void close() {
    engines.close();
  }
}
