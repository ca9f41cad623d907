package org.eglr.train;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.eglr.ListScore;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.eglr.internal.math.InOrder;
import org.eglr.metrics.RankingMetrics;

/**
 * A list that a {@link Reward} looks at: the request, the order, what the frozen evaluator says of
 * it and, where data are simulated, the truth. Arrays are not copied and must not be written to.
 * For one thread.
 */
public final class RewardedList {

  private final Request request;
  private final int[] order;
  private final ListScore score;
  private final Supplier<Optional<double[]>> truth;
  private Optional<double[]> known; // null: not asked for yet

  /**
   * @param order candidates, indices into the request's pool, in display order: [K]
   * @param score the evaluator's
   * @param truth the true click probabilities, asked for at most once; empty where data are a log
   */
  public RewardedList(
      Request request, int[] order, ListScore score, Supplier<Optional<double[]>> truth) {
    this.request = Objects.requireNonNull(request);
    this.order = Objects.requireNonNull(order);
    this.score = Objects.requireNonNull(score);
    this.truth = Objects.requireNonNull(truth);
  }

  /** The user and the pool. */
  public Request request() {
    return request;
  }

  /** The list: indices into the request's pool, in display order. */
  public int[] order() {
    return order;
  }

  /** Number of items K. */
  public int length() {
    return order.length;
  }

  /** The evaluator's click probability at each position: [K], 0 to 1. */
  public double[] clickProbabilities() {
    return score.clickProbabilities();
  }

  /**
   * How far the evaluator's members differ at each position: the deviations of {@link
   * ListScore#deviations}, [K]; all 0 where there is one member.
   */
  public double[] deviations() {
    return score.deviations();
  }

  /** DCG of click probabilities minus beta deviations, {@link ListScore#dcg(double)}. */
  public double pessimisticDcg(double beta) {
    return score.dcg(beta);
  }

  /** The evaluator's expected utility of the list: the odds of eq. 16, above 0. */
  public double value() {
    return score.value();
  }

  /** DCG of the evaluator's click probabilities (eq. 18). */
  public double clickDcg() {
    return score.dcg();
  }

  /** Whether data are simulated, so that the truth is known. */
  public boolean hasTruth() {
    return truth().isPresent();
  }

  /**
   * The true click probability at each position: [K].
   *
   * @throws IllegalStateException if data are a log
   */
  public double[] trueClickProbabilities() {
    return truth()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no true click probabilities: only simulated data have them; ask hasTruth()"));
  }

  /** DCG of the true click probabilities (eq. 18 with the truth). */
  public double trueDcg() {
    return RankingMetrics.dcg(trueClickProbabilities());
  }

  /** Expected true clicks: the sum of the true click probabilities. */
  public double trueClicks() {
    return InOrder.sum(trueClickProbabilities());
  }

  private Optional<double[]> truth() {
    if (known == null) {
      known = truth.get();
    }
    return known;
  }

  /** What people call the item at a position, from 0. */
  public String label(int position) {
    return request.labels()[order[position]];
  }

  /**
   * A categorical field of the item at a position.
   *
   * @param position from 0
   * @return its value as text; empty where it is unknown or missing
   * @throws IllegalArgumentException if there is no such field; the message names those there are
   */
  public String category(String field, int position) {
    Schema schema = request.schema();
    int f = ItemFields.category(schema, field);
    Vocabulary vocabulary = schema.itemCategories().get(f);
    int id = request.itemIds()[order[position] * schema.itemCategories().size() + f];
    return id == Vocabulary.UNKNOWN ? "" : vocabulary.values().get(id - 1);
  }

  /**
   * A dense field of the item at a position, scaled as the model sees it: within ±10, 0 where it is
   * missing.
   *
   * @param position from 0
   * @throws IllegalArgumentException if there is no such field; the message names those there are
   */
  public double number(String field, int position) {
    Schema schema = request.schema();
    int f = ItemFields.number(schema, field);
    return request.itemValues()[order[position] * schema.itemValues().size() + f];
  }
}
