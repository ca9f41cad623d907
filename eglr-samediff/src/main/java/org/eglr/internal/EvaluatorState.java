package org.eglr.internal;

import java.util.Optional;
import org.eglr.Engine;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.train.TrainingLog;

/**
 * An evaluator as it is between two trainings, and what scores with it; the weights never change.
 */
public final class EvaluatorState implements AutoCloseable {

  private final Architecture architecture;
  private final Weights weights;
  private final boolean trained;
  private final Optional<TrainingLog> log;
  private final PerEngine<EvaluatorScorer> scorers;

  EvaluatorState(
      Architecture architecture, Weights weights, boolean trained, Optional<TrainingLog> log) {
    this.architecture = architecture;
    this.weights = weights;
    this.trained = trained;
    this.log = log;
    scorers = new PerEngine<>(engine -> new EvaluatorScorer(engine, architecture, weights));
  }

  public Architecture architecture() {
    return architecture;
  }

  public Weights weights() {
    return weights;
  }

  public boolean trained() {
    return trained;
  }

  /** Of the last training. */
  public Optional<TrainingLog> log() {
    return log;
  }

  public EvaluatorScorer scorer(Engine engine) {
    return scorers.get(engine);
  }

  /**
   * @param remedy what to call first
   */
  public EvaluatorState requireTrained(String remedy) {
    if (!trained) {
      throw new IllegalStateException("the evaluator is not trained: call " + remedy);
    }
    return this;
  }

  /** Gives back what scoring holds; scoring that goes on keeps nothing afterwards. */
  @Override
  public void close() {
    scorers.close();
  }
}
