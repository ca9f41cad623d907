package org.eglr.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.DoubleConsumer;
import org.eglr.Evaluator;
import org.eglr.data.Splits;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingStep;

/** The evaluators of an experiment: each is trained once, and let go after the last run with it. */
final class Evaluators {

  private final Splits data;
  private final Evaluator given;
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, FutureTask<Evaluator>> made = new HashMap<>();

  /**
   * @param given used by all runs; null: each trains or shares one
   */
  Evaluators(Splits data, Evaluator given, List<Trial> trials) {
    this.data = data;
    this.given = given;
    trials.forEach(trial -> uses.merge(trial.evaluatorText(), 1, Integer::sum));
  }

  /**
   * The evaluator of a run, trained by the first that asks for it; others wait.
   *
   * @param progress is told the share of its training that is done
   */
  Evaluator of(Trial trial, DoubleConsumer progress) {
    if (given != null) {
      return given;
    }
    FutureTask<Evaluator> task;
    synchronized (this) {
      task =
          made.computeIfAbsent(
              trial.evaluatorText(), text -> new FutureTask<>(() -> train(trial, progress)));
    }
    task.run(); // of several callers only the first does it
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  /** Says that a run needs its evaluator no more. */
  synchronized void done(Trial trial) {
    if (uses.merge(trial.evaluatorText(), -1, Integer::sum) <= 0) {
      made.remove(trial.evaluatorText());
    }
  }

  private Evaluator train(Trial trial, DoubleConsumer progress) {
    Evaluator evaluator =
        trial.cell().configure(Evaluator.builder(data.schema())).seed(trial.seed()).build();
    var log =
        evaluator.train(data, options -> trial.cell().configure(options).listener(of(progress)));
    Stopped.check(log.interrupted());
    return evaluator;
  }

  static TrainingListener of(DoubleConsumer progress) {
    return new TrainingListener() {
      @Override
      public void onStep(TrainingStep step) {
        progress.accept((double) step.step() / Math.max(1, step.total()));
      }
    };
  }
}
