package org.eglr;

import java.util.ArrayList;
import java.util.List;
import org.eglr.data.ListSet;
import org.eglr.internal.check.Setting;
import org.eglr.metrics.Headroom;

/** Options of {@link Evaluator#headroom}; every one has a default. */
public final class HeadroomOptions {

  /** Candidates of all lists of the usual sample: pools of 10 give 200 lists, of 30 give 66. */
  private static final int CANDIDATES = 2000;

  int lists;
  int beam = 8;
  int samples = 64;
  long seed = 7;
  ListSet log; // null: none
  final List<Reranker> include = new ArrayList<>();
  Progress progress = (share, secondsLeft, what) -> {};

  HeadroomOptions() {}

  /**
   * Lists that are measured, drawn by the seed; at least 0, default 0: as many as have 2,000
   * candidates, 200 at most.
   */
  public HeadroomOptions lists(int value) {
    Setting.require(value >= 0, "lists", value, "at least 0; 0 leaves it to the size of pools");
    lists = value;
    return this;
  }

  /** Beginnings that the beam search follows; 1 to 1000, default 8; 1 leaves it out. */
  public HeadroomOptions beam(int width) {
    Setting.require(width >= 1 && width <= 1000, "beam", width, "1 to 1000");
    beam = width;
    return this;
  }

  /** Lists drawn, of which the best is taken; 0 to 10,000, default 64; 0 leaves it out. */
  public HeadroomOptions samples(int value) {
    Setting.require(value >= 0 && value <= 10_000, "samples", value, "0 to 10000");
    samples = value;
    return this;
  }

  /** Seed of the lists measured and of the lists drawn; any number, default 7. */
  public HeadroomOptions seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Measures further re-rankers, too; of an {@link Eglr} also the best, by the evaluator, of the
   * lists that its beam search finds.
   */
  public HeadroomOptions include(Reranker... systems) {
    include.addAll(List.of(systems));
    return this;
  }

  /**
   * The lists that the evaluator learned from, so that {@link Headroom#warning} can say whether the
   * lists that it likes best are any that it can know about; default none.
   */
  public HeadroomOptions log(ListSet training) {
    Setting.require(training != null, "log", null, "the training lists");
    log = training;
    return this;
  }

  /** Watches it; not null, default one that does nothing. */
  public HeadroomOptions progress(Progress value) {
    Setting.require(value != null, "progress", null, "a Progress");
    progress = value;
    return this;
  }

  /** Lists to measure of a set whose pools have so many candidates on average. */
  int count(double pool) {
    return lists > 0 ? lists : Math.max(1, (int) Math.min(200, CANDIDATES / pool));
  }
}
