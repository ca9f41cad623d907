package org.eglr.internal;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eglr.Engine;
import org.eglr.data.ListSet;
import org.eglr.internal.learn.EvaluatorGradients;
import org.eglr.internal.learn.EvaluatorTrainer;
import org.eglr.internal.learn.TrainingLists;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.internal.store.ModelFile;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.TrainingLog;

/**
 * An evaluator that may be shared by many re-rankers and used by many threads. A training works on
 * a copy of the weights and puts it in their place when it ends: who computes meanwhile has those
 * of before.
 */
public final class EvaluatorModel {

  private final Architecture architecture;
  private final Busy busy = new Busy("evaluator");
  private volatile EvaluatorState state;

  public EvaluatorModel(
      Architecture architecture, Weights weights, boolean trained, Optional<TrainingLog> log) {
    this.architecture = architecture;
    state = new EvaluatorState(architecture, weights, trained, log);
  }

  /** The evaluator of a model file. */
  public static EvaluatorModel of(ModelFile.Content content) {
    return new EvaluatorModel(
        content.architecture(),
        content.evaluator(),
        content.evaluatorTrained(),
        Optional.ofNullable(content.evaluatorLog()));
  }

  /** The evaluator as it is now, and stays for whoever asked. */
  public EvaluatorState state() {
    return state;
  }

  /** Trains (section 4.4.1); what a failed training learned is kept as well. */
  public TrainingLog train(Engine engine, ListSet lists, EvaluatorTraining options) {
    SchemaCheck.require(architecture.schema(), lists, options.validation());
    return train(next -> new EvaluatorTrainer(engine, architecture, next, options).train(lists));
  }

  /**
   * Trains in plain Java on lists that lie elsewhere; they and the validation lists are of the
   * model's schema.
   *
   * @param gradients makes what computes them, of one member and its weights
   */
  public TrainingLog train(
      TrainingLists lists,
      EvaluatorTraining options,
      BiFunction<Architecture, Weights, EvaluatorGradients> gradients) {
    return train(
        next ->
            new EvaluatorTrainer(Engine.JAVA, architecture, next, options).train(lists, gradients));
  }

  private TrainingLog train(Function<Weights, TrainingLog> run) {
    return busy.train(
        () -> {
          EvaluatorState before = state;
          Weights next = before.weights().copy();
          Optional<TrainingLog> log = Optional.empty();
          try {
            log = Optional.of(run.apply(next));
            return log.get();
          } finally {
            if (log.isPresent() || !next.sameValues(before.weights())) {
              boolean trained = log.isPresent() || before.trained();
              publish(new EvaluatorState(architecture, next, trained, latest(log, before.log())));
            }
          }
        });
  }

  /** A run that was stopped before its first step says nothing of the weights. */
  static Optional<TrainingLog> latest(Optional<TrainingLog> log, Optional<TrainingLog> before) {
    return log.filter(run -> before.isEmpty() || !run.steps().isEmpty()).or(() -> before);
  }

  /** Passes the present weights off as trained. */
  public void declareTrained() {
    publish(new EvaluatorState(architecture, state.weights(), true, state.log()));
  }

  private void publish(EvaluatorState next) {
    EvaluatorState before = state;
    state = next;
    before.close();
  }
}
