package org.eglr.experiment;

import java.util.function.DoubleConsumer;
import org.eglr.Eglr;
import org.eglr.EglrBuilder;
import org.eglr.Evaluator;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.decode.EntropyProfile;
import org.eglr.metrics.ListValues;
import org.eglr.metrics.Report;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;

/** Trains and measures one run. */
final class TrialRun {

  private final Splits data;
  private final ListSet measured;
  private final Evaluators evaluators;

  TrialRun(Splits data, ListSet measured, Evaluators evaluators) {
    this.data = data;
    this.measured = measured;
    this.evaluators = evaluators;
  }

  /** Refuses settings that are out of range before the first run begins. */
  static void check(Splits data, Cell cell, Evaluator given) {
    EglrBuilder builder = cell.configure(Eglr.builder(data.schema()));
    (given == null ? builder : builder.evaluator(given)).settings();
    cell.configure(new EvaluatorTraining());
    cell.configure(new GrpoTraining());
  }

  /** Whether runs are so small that several at a time are faster than one. */
  static boolean isNarrow(Splits data, Cell cell, Evaluator given, int width) {
    boolean java =
        cell.settings().keySet().stream()
            .noneMatch(s -> s.name().equals("engine") || s.name().equals("device"));
    EglrBuilder builder = cell.configure(Eglr.builder(data.schema()));
    int own = (given == null ? builder : builder.evaluator(given)).settings().width();
    return java && own <= width;
  }

  /**
   * Trains and measures.
   *
   * @param progress is told the share that is done
   * @throws Stopped if the thread was interrupted meanwhile
   */
  TrialResult run(Trial trial, DoubleConsumer progress) {
    Stopped.check(false);
    Evaluator evaluator = evaluators.of(trial, share -> progress.accept(share / 2));
    Stopped.check(false);
    progress.accept(0.5);
    if (trial.cell().baseline().isPresent()) {
      Report report = trial.cell().baseline().get().of(evaluator).evaluate(measured);
      return new TrialResult(ListValues.of(report), 0, 0);
    }
    Eglr eglr =
        trial
            .cell()
            .configure(Eglr.builder(data.schema()))
            .evaluator(evaluator)
            .seed(trial.seed())
            .build();
    var log =
        eglr.trainGenerator(
            data,
            options ->
                trial
                    .cell()
                    .configure(options)
                    .listener(Evaluators.of(share -> progress.accept((1 + share) / 2))));
    Stopped.check(log.interrupted());
    Report report = eglr.evaluate(measured);
    Stopped.check(false);
    return new TrialResult(
        ListValues.of(report),
        report.profile().map(EntropyProfile::stepsPerList).orElse(0.0),
        log.seconds());
  }
}
