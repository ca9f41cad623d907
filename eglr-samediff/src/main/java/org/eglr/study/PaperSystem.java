package org.eglr.study;

import java.nio.file.Path;
import org.eglr.Reranker;
import org.eglr.train.TrainingLog;

/** A system that tables measure: how it is made and trained. */
interface PaperSystem {

  /** In tables. */
  String name();

  /** All settings that decide its runs, beside data, evaluator and seed, in one line. */
  String settings(Bench bench);

  /** The factors of what can be tuned. */
  Dial dial();

  /** The same with other factors of what can be tuned. */
  PaperSystem at(Dial dial);

  /** Whether a setting changes anything. */
  boolean tunable(Bench bench, TunedSetting setting);

  /** Whether it learns from an evaluator: then that one's score chooses its settings. */
  boolean taught();

  /** Makes and trains it. */
  Trained train(Bench bench, long seed);

  /** Reads one that was trained and saved. */
  Reranker load(Path file, Bench bench, long seed);

  /**
   * A system that is ready.
   *
   * @param log of its training; null where it had none in this process
   */
  record Trained(Reranker reranker, TrainingLog log) {}
}
