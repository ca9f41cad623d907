package org.eglr.internal.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.eglr.internal.work.Workers;
import org.eglr.train.Reward;
import org.eglr.train.RewardTerm;
import org.eglr.train.RewardedList;

/** Rewards lists, part by part, on all workers; says which list a reward fails for. */
final class Rewards {

  /** Lists per task of a worker. */
  private static final int PART = 64;

  private final List<RewardTerm> terms;
  private final double[] weights;
  private final List<String> names;
  private final boolean quick;

  Rewards(Reward reward) {
    terms = reward.terms();
    weights = terms.stream().mapToDouble(RewardTerm::weight).toArray();
    names = names(terms);
    quick = reward == Reward.CLICK_DCG || reward == Reward.LIST_VALUE;
  }

  private static List<String> names(List<RewardTerm> terms) {
    List<String> names = new ArrayList<>();
    for (RewardTerm term : terms) {
      String name = "reward: " + term.reward().name();
      int number = 1;
      while (names.contains(number == 1 ? name : name + " " + number)) {
        number++;
      }
      names.add(number == 1 ? name : name + " " + number);
    }
    return names;
  }

  /** By which the parts are added. */
  double[] weights() {
    return weights;
  }

  /** What the log calls the parts; empty where there is only one. */
  List<String> names() {
    return terms.size() == 1 ? List.of() : names;
  }

  /**
   * The parts' rewards of each list: [lists][parts].
   *
   * @param what names a list, for messages
   * @throws IllegalStateException if a reward fails or is not finite
   */
  double[][] of(List<RewardedList> lists, IntFunction<String> what) {
    double[][] rewards = new double[lists.size()][terms.size()];
    if (quick) { // handing them over would take longer
      fill(lists, what, rewards, 0, rewards.length);
      return rewards;
    }
    Workers.shared()
        .map(
            Shards.count(rewards.length, PART),
            (worker, part) -> {
              int to = Math.min(rewards.length, (part + 1) * PART);
              try {
                fill(lists, what, rewards, part * PART, to);
                return Optional.<IllegalStateException>empty();
              } catch (IllegalStateException e) {
                return Optional.of(e);
              }
            })
        .forEach(
            failure -> {
              if (failure.isPresent()) { // the first list's, whatever the number of threads
                throw failure.get();
              }
            });
    return rewards;
  }

  /** The lists' true DCG; null where data are a log. */
  static double[] truth(List<RewardedList> lists) {
    if (lists.isEmpty() || !lists.get(0).hasTruth()) {
      return null;
    }
    double[] truth = new double[lists.size()];
    Workers.shared()
        .map(
            Shards.count(truth.length, PART),
            (worker, part) -> {
              for (int l = part * PART; l < Math.min(truth.length, (part + 1) * PART); l++) {
                truth[l] = lists.get(l).trueDcg();
              }
              return part; // nothing is wanted
            });
    return truth;
  }

  private void fill(
      List<RewardedList> lists, IntFunction<String> what, double[][] into, int from, int to) {
    for (int l = from; l < to; l++) {
      for (int t = 0; t < terms.size(); t++) {
        into[l][t] = one(terms.get(t).reward(), lists.get(l), what, l);
      }
    }
  }

  private static double one(Reward reward, RewardedList list, IntFunction<String> what, int l) {
    double value;
    try {
      value = reward.of(list);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "reward '%s' failed for %s: %s; the best weights so far are kept"
              .formatted(reward.name(), what.apply(l), e),
          e);
    }
    if (reward.custom() && !Double.isFinite(value)) { // of ours only where weights are not finite
      throw new IllegalStateException(
          ("reward '%s' is %s for %s; allowed: finite numbers; the best weights so far are kept")
              .formatted(reward.name(), value, what.apply(l)));
    }
    return value;
  }
}
