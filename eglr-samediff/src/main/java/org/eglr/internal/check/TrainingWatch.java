package org.eglr.internal.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Watches what steps of GRPO measure for what goes wrong in practice. A warning is given once a
 * run, when the mean of the last {@value #WINDOW} steps passes a bound: a single step says little.
 */
public final class TrainingWatch {

  /** Steps that a warning looks back on. */
  public static final int WINDOW = 20;

  private static final double MOST_FLAT = 0.5;
  private static final double MOST_ADVANTAGE = 10;
  private static final double MOST_INPUT_ORDER = 0.5;
  private static final double LEAST_AGREEMENT = 0;

  private final Deque<Map<String, Double>> last = new ArrayDeque<>();
  private final List<String> said = new ArrayList<>();
  private int steps;

  /**
   * Looks at a step.
   *
   * @param values named measurements, as the log has them
   * @return what has become worth saying, each one sentence; mostly nothing
   */
  public List<String> step(Map<String, Double> values) {
    steps++;
    last.addLast(values);
    if (last.size() > WINDOW) {
      last.removeFirst();
    }
    List<String> news = new ArrayList<>();
    if (last.size() < WINDOW) {
      return news;
    }
    double flat = mean("flat groups") + mean("near-flat groups");
    if (flat > MOST_FLAT) {
      tell(
          news,
          "flat",
          String.format(
              Locale.ROOT,
              "%.0f %% of the groups of steps %s had no or hardly any spread of reward, so that"
                  + " little can be learned: raise groupSize, set an entropyBonus, or choose a"
                  + " reward that tells lists apart",
              100 * flat,
              range()));
    }
    double advantage = mean("largest advantage");
    if (advantage > MOST_ADVANTAGE) {
      tell(
          news,
          "advantage",
          String.format(
              Locale.ROOT,
              "the largest advantage of steps %s was %.1f on average, so that single lists decide"
                  + " the gradient: set scaleByDeviation(true), scale the reward down, or set"
                  + " clipNorm",
              range(),
              advantage));
    }
    double order = mean("input order");
    if (order > MOST_INPUT_ORDER) {
      tell(
          news,
          "order",
          String.format(
              Locale.ROOT,
              "%.0f %% of the lists of steps %s kept the order of their input; the generator sees"
                  + " that order only where a feature gives it away: look for one (a rank, a score,"
                  + " a time), or set an entropyBonus",
              100 * order,
              range()));
    }
    double agreement = mean("truth agreement");
    if (agreement < LEAST_AGREEMENT) {
      tell(
          news,
          "truth",
          String.format(
              Locale.ROOT,
              "lists of higher reward were truly worse in steps %s (correlation with the true DCG"
                  + " %.2f): train the evaluator on more lists, or stop earlier",
              range(),
              agreement));
    }
    return news;
  }

  private void tell(List<String> news, String what, String sentence) {
    if (!said.contains(what)) {
      said.add(what);
      news.add(sentence);
    }
  }

  private String range() {
    return steps - WINDOW + 1 + " to " + steps;
  }

  /** The mean of the steps that measured it; NaN, which passes no bound, if none did. */
  private double mean(String name) {
    double sum = 0;
    int count = 0;
    for (Map<String, Double> values : last) {
      Double value = values.get(name);
      if (value != null && !value.isNaN()) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
