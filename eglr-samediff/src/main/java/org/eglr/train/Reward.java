package org.eglr.train;

import java.util.ArrayList;
import java.util.List;
import org.eglr.data.ListSet;
import org.eglr.internal.check.Setting;

/**
 * What GRPO maximises (eq. 18): a number for a list, the larger the better. One's own is a lambda,
 * {@code t.reward(list -> list.clickDcg() - 0.1 * list.number("price", 0))}; ready ones can be
 * added up, {@code Reward.clickDcg().plus(0.2, Reward.diversity("genre"))}.
 *
 * <p>Lists are rewarded by several threads at once: a lambda must be thread-safe, and depend on
 * nothing but its list, or training is no longer reproducible. A number that is not finite, or an
 * exception, ends the training with a message that names the list; the best weights so far are
 * kept.
 */
@FunctionalInterface
public interface Reward {

  /** The evaluator's click DCG, {@link #clickDcg}. */
  Reward CLICK_DCG = new ReadyReward("click-dcg", false, RewardedList::clickDcg);

  /** The evaluator's expected utility, {@link #listValue}. */
  Reward LIST_VALUE = new ReadyReward("list-value", false, RewardedList::value);

  /** The reward of a list; finite. */
  double of(RewardedList list);

  /**
   * DCG of the evaluator's click probabilities: sum of p_i / log2(i + 1), i from 1 (eq. 18). Its
   * name is {@code click-dcg}.
   */
  static Reward clickDcg() {
    return CLICK_DCG;
  }

  /** The listwise head's expected utility: the odds of eq. 16. Its name is {@code list-value}. */
  static Reward listValue() {
    return LIST_VALUE;
  }

  /**
   * DCG of the true click probabilities (eq. 18 with the simulator's click model), which only
   * simulated data have. Its name is {@code true-dcg}.
   */
  static Reward trueDcg() {
    return new ReadyReward("true-dcg", true, RewardedList::trueDcg);
  }

  /** Expected true clicks of a list, on simulated data only. Its name is {@code true-clicks}. */
  static Reward trueClicks() {
    return new ReadyReward("true-clicks", true, RewardedList::trueClicks);
  }

  /**
   * What the evaluator's members agree on: the DCG of their mean click probabilities minus beta
   * deviations, sum of (p_i - beta s_i) / log2(i + 1), i from 1, with s_i the members' deviation at
   * position i. Its name is {@code pessimistic(BETA)}.
   *
   * <p>A generator looks for what the evaluator likes, and so for its errors. Where the log has
   * taught little, members differ, and their errors with them.
   *
   * @param beta 0 to 100; 0 is {@link #clickDcg} of the mean
   */
  static Reward pessimistic(double beta) {
    return new Pessimistic(beta);
  }

  /**
   * How far a list leaves the logging policy, to be taken from another reward: {@code
   * clickDcg().plus(-0.1, offSupport())}. With m of the n pools that had the item at position k
   * showing it,
   *
   * <pre>
   *   sum over k of -log((m_k + 0.5) / (n_k + 1)) / log2(k + 1), k from 1
   * </pre>
   *
   * <p>that is, position by position, the negative log-probability of the item's being shown, as a
   * penalty by the divergence from the logging policy has it. About 0 where pools have no more
   * items than lists: all are shown then. The log is the lists that a generator is trained on;
   * elsewhere {@link #knowing} names it. Its name is {@code off-support}.
   */
  static Reward offSupport() {
    return new OffSupport(null);
  }

  /**
   * Diversity by a categorical field of the items, as alpha-NDCG (Clarke et al., 2008) with alpha =
   * 0.5 where every item is relevant to its own value:
   *
   * <pre>
   *   alpha-DCG = sum over k of 0.5^(items before k of the same value) / log2(k + 1), k from 1
   * </pre>
   *
   * divided by that of the ideal list: as many items of the same request's pool, each position
   * given to what adds the most there. Where items have one value, no list is better, and the
   * reward is above 0, at most 1. Values unknown or missing are one value.
   *
   * <p>Where there is no such field but dense ones of 0 or 1 named {@code field_VALUE}, as
   * MovieLens's genres, an item may have several values or none: its gain is the sum over them; a
   * list without any has 0, or 1 where nothing of the pool has one. The greedy list is then an
   * approximation of the best, as usual, and a list may have a little more than 1.
   */
  static Reward diversity(String field) {
    return new AlphaNdcg(field);
  }

  /**
   * Intra-list average distance by a categorical field of the items: the share of pairs of a list
   * whose values differ; 0 to 1, and 0 for a single item. Its name is {@code ilad(FIELD)}.
   */
  static Reward ilad(String field) {
    return new IntraListDistance(field);
  }

  /**
   * A name for one's own reward, by which logs and checkpoints call it; without one it is {@code
   * custom}.
   */
  static Reward named(String name, Reward reward) {
    return new NamedReward(name, reward);
  }

  /**
   * The reward that a text names, as magics have it: terms joined by {@code +} or {@code -}, each a
   * name with a weight before it or not, {@code click-dcg + 0.2 diversity(genre)}. Names are {@code
   * click-dcg}, {@code list-value}, {@code pessimistic(BETA)}, {@code off-support}, {@code
   * true-dcg}, {@code true-clicks}, {@code diversity(FIELD)} and {@code ilad(FIELD)}.
   *
   * @throws IllegalArgumentException saying what of it is not understood
   */
  static Reward parse(String text) {
    return RewardText.parse(text);
  }

  /**
   * This reward and a weighted other one. {@link GrpoTraining#normaliseEach} says whether they are
   * added before or after normalisation.
   *
   * @param weight of the other one; finite, below 0 for a penalty
   */
  default Reward plus(double weight, Reward other) {
    Setting.require(Double.isFinite(weight), "weight", weight, "a finite number");
    Setting.require(other != null, "reward", null, "a Reward to add");
    List<RewardTerm> terms = new ArrayList<>(terms());
    other.terms().forEach(term -> terms.add(new RewardTerm(weight * term.weight(), term.reward())));
    return new RewardSum(terms);
  }

  /** What logs and checkpoints call it. */
  default String name() {
    return "custom";
  }

  /** Its weighted parts; itself where there is nothing to take apart. */
  default List<RewardTerm> terms() {
    return List.of(new RewardTerm(1, this));
  }

  /** Whether it is one's own: a checkpoint then knows its name, but not what it computes. */
  default boolean custom() {
    return true;
  }

  /**
   * Refuses lists that it cannot reward, before a training begins.
   *
   * @throws org.eglr.data.DataException saying what they lack and what to do
   */
  default void require(ListSet lists) {}

  /** Members that the evaluator must have at least; 1 unless it is their differences that count. */
  default int members() {
    return 1;
  }

  /**
   * The same reward, knowing the log; itself where that does not matter. Training calls it with the
   * lists that it is given.
   */
  default Reward knowing(ListSet log) {
    return this;
  }
}
