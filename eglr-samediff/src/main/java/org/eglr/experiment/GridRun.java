package org.eglr.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does the runs that are not done yet, one after the other or several at a time. */
final class GridRun {

  private final TrialRun worker;
  private final Evaluators evaluators;
  private final RunFolder folder; // null: nothing is kept
  private final GridProgress progress;
  private final Map<Trial, TrialResult> results;
  private Throwable failure;

  GridRun(
      TrialRun worker,
      Evaluators evaluators,
      RunFolder folder,
      GridProgress progress,
      Map<Trial, TrialResult> finished) {
    this.worker = worker;
    this.evaluators = evaluators;
    this.folder = folder;
    this.progress = progress;
    results = new LinkedHashMap<>(finished);
  }

  /** The results there are; all of them unless the thread was interrupted. */
  Map<Trial, TrialResult> run(List<Trial> trials, int parallel) {
    if (parallel == 1 || trials.size() < 2) {
      trials.forEach(this::one);
      Thread.interrupted(); // a stop is answered by what there is
    } else {
      several(trials, Math.min(parallel, trials.size()));
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
    return results;
  }

  private void one(Trial trial) {
    if (failed() || Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      TrialResult result = worker.run(trial, share -> progress.at(trial, share));
      evaluators.done(trial);
      if (folder != null) {
        folder.write(trial, result);
      }
      put(trial, result);
      progress.done(trial);
    } catch (Stopped e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private synchronized void put(Trial trial, TrialResult result) {
    results.put(trial, result);
  }

  private synchronized void fail(Throwable e) {
    failure = failure == null ? e : failure;
  }

  private synchronized boolean failed() {
    return failure != null;
  }

  private void several(List<Trial> trials, int threads) {
    ExecutorService runs =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "eglr-experiment");
              thread.setDaemon(true);
              return thread;
            });
    List<? extends Future<?>> all =
        trials.stream().map(trial -> runs.submit(() -> one(trial))).toList();
    try {
      for (Future<?> one : all) {
        one.get();
      }
      runs.shutdown();
    } catch (InterruptedException e) {
      runs.shutdownNow(); // a training that is interrupted ends in good order
      awaitEnd(runs);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e); // a run keeps what it threw
    }
  }

  private static void awaitEnd(ExecutorService runs) {
    boolean ended = false;
    while (!ended) {
      try {
        ended = runs.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // Asked to stop once more: the runs have been told.
      }
    }
  }
}
