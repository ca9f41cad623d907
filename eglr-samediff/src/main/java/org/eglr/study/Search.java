package org.eglr.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Looks for the best whole number about 0: first 0, -1 and 1, then the neighbours of the best so
 * far, until both are known to be no better. So what is found is no end of what was tried, unless
 * it is the {@link #FARTHEST}.
 */
final class Search {

  /** Numbers from its negative to it are tried, none beyond. */
  static final int FARTHEST = 3;

  private final boolean trial;
  private final IntToDoubleFunction worth;
  private final List<Integer> tried = new ArrayList<>();

  /**
   * A search that has tried nothing.
   *
   * @param trial whether 0 and -1 are all that is tried
   * @param worth of a number; asked for none that {@link #next} has not named
   */
  Search(boolean trial, IntToDoubleFunction worth) {
    this.trial = trial;
    this.worth = worth;
  }

  /** What is tried next; nothing if the best is found. */
  List<Integer> next() {
    List<Integer> next = tried.isEmpty() ? first() : trial ? List.<Integer>of() : aroundTheBest();
    tried.addAll(next);
    return next;
  }

  private List<Integer> first() {
    return trial ? List.of(0, -1) : List.of(0, -1, 1);
  }

  private List<Integer> aroundTheBest() {
    int best = best();
    return IntStream.of(best - 1, best + 1)
        .filter(n -> Math.abs(n) <= FARTHEST && !tried.contains(n))
        .boxed()
        .toList();
  }

  /** Of what was tried; of equals the first. */
  int best() {
    int best = tried.get(0);
    double most = worth.applyAsDouble(best);
    for (int number : tried) {
      double own = worth.applyAsDouble(number);
      if (own > most) {
        best = number;
        most = own;
      }
    }
    return best;
  }
}
