package org.eglr.internal;

import java.util.Optional;
import java.util.function.Function;
import org.eglr.Engine;
import org.eglr.data.ListSet;
import org.eglr.internal.learn.GeneratorWork;
import org.eglr.internal.learn.GrpoTrainer;
import org.eglr.internal.learn.TrainingLists;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.internal.store.ModelFile;
import org.eglr.train.GrpoTraining;
import org.eglr.train.TrainingLog;

/**
 * A generator that many views share and many threads use. A training works on a copy of the
 * weights, as an {@link EvaluatorModel}'s does.
 */
public final class GeneratorModel {

  private final Busy busy = new Busy("generator");
  private volatile GeneratorState state;

  /**
   * @param evaluator whose features it shares
   */
  public GeneratorModel(
      Weights weights, boolean trained, EvaluatorState evaluator, Optional<TrainingLog> log) {
    state = new GeneratorState(weights, trained, trained ? evaluator : null, log);
  }

  /** The generator of a model file, which learned from the evaluator there. */
  public static GeneratorModel of(ModelFile.Content content, EvaluatorState evaluator) {
    return new GeneratorModel(
        content.generator(),
        content.generatorTrained(),
        evaluator,
        Optional.ofNullable(content.generatorLog()));
  }

  /** The generator as it is now, and stays for whoever asked. */
  public GeneratorState state() {
    return state;
  }

  /** Trains by GRPO (section 4.4.2); what a failed training learned is kept as well. */
  public TrainingLog train(
      Engine engine,
      Architecture architecture,
      EvaluatorState teacher,
      ListSet lists,
      GrpoTraining options) {
    SchemaCheck.require(architecture.schema(), lists, options.validation());
    return train(
        architecture,
        teacher,
        next ->
            new GrpoTrainer(engine, architecture, teacher.weights(), next, options).train(lists));
  }

  /**
   * Trains in plain Java on lists that lie elsewhere; they and the validation lists are of the
   * model's schema.
   *
   * @param work makes what writes lists and replays them
   */
  public TrainingLog train(
      Architecture architecture,
      EvaluatorState teacher,
      TrainingLists lists,
      GrpoTraining options,
      GeneratorWork.Maker work) {
    return train(
        architecture,
        teacher,
        next ->
            new GrpoTrainer(Engine.JAVA, architecture, teacher.weights(), next, options)
                .train(lists, work));
  }

  private TrainingLog train(
      Architecture architecture, EvaluatorState teacher, Function<Weights, TrainingLog> run) {
    return busy.train(
        () -> {
          GeneratorState before = state;
          Weights next = before.weights().copy();
          if (architecture.settings().trainFeatures() && !before.trained()) {
            next.setFrom(teacher.weights().features());
          }
          Optional<TrainingLog> log = Optional.empty();
          try {
            log = Optional.of(run.apply(next));
            return log.get();
          } finally {
            state =
                log.isPresent()
                    ? new GeneratorState(
                        next, true, teacher, EvaluatorModel.latest(log, before.log()))
                    : new GeneratorState(next, before.trained(), before.teacher(), before.log());
          }
        });
  }

  /** Passes the present weights off as trained. */
  public void declareTrained(EvaluatorState evaluator) {
    state = new GeneratorState(state.weights(), true, evaluator, state.log());
  }
}
