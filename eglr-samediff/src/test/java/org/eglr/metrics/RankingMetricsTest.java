package org.eglr.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** LibRerank's definitions, checked by hand and against brute force. */
class RankingMetricsTest {

  private static final boolean[] FTTF = {false, true, true, false};

  @Test
  void by_hand() {
    double third = 1 / (Math.log(3) / Math.log(2));
    double fourth = 1 / (Math.log(4) / Math.log(2));
    assertEquals((third + fourth) / (1 + third), RankingMetrics.ndcg(FTTF, FTTF, 10), 1e-12);
    assertEquals(third / (1 + third), RankingMetrics.ndcg(FTTF, FTTF, 2), 1e-12);
    assertEquals(0, RankingMetrics.ndcg(FTTF, FTTF, 1));
    // LibRerank divides by the clicks within the first k, not by all clicks
    assertEquals((1.0 / 2 + 2.0 / 3) / 2, RankingMetrics.averagePrecision(FTTF, 10), 1e-12);
    assertEquals(1.0 / 2, RankingMetrics.averagePrecision(FTTF, 2), 1e-12);
    assertEquals(0, RankingMetrics.averagePrecision(FTTF, 1));
    assertEquals(2, RankingMetrics.clicks(FTTF, 3));
    assertEquals(0.5 + 0.25 * third, RankingMetrics.dcg(new double[] {0.5, 0.25}), 1e-12);
  }

  @Test
  void nothing_clicked_is_zero() {
    boolean[] none = new boolean[5];
    assertEquals(0, RankingMetrics.ndcg(none, none, 5));
    assertEquals(0, RankingMetrics.averagePrecision(none, 5));
  }

  /** The ideal list is made of the whole pool's labels, also of those that were not chosen. */
  @Test
  void a_click_left_out_of_the_list_costs() {
    boolean[] pool = {true, true, true, false};
    double value = RankingMetrics.ndcg(new boolean[] {true, false}, pool, 10);
    assertTrue(value < 1 && value > 0.6, "NDCG " + value);
  }

  @Test
  void ndcg_is_one_for_sorted_labels_and_the_best_of_all_orders() {
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      boolean[] labels = new boolean[2 + random.nextInt(5)];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = random.nextBoolean();
      }
      int k = 1 + random.nextInt(6);
      double best = best(labels, 0, labels.clone(), k);
      boolean any = false;
      for (boolean label : labels) {
        any |= label;
      }
      assertEquals(any ? 1 : 0, best, 1e-12, Arrays.toString(labels));
    }
  }

  private static double best(boolean[] labels, int from, boolean[] order, int k) {
    double value = RankingMetrics.ndcg(order, labels, k);
    assertTrue(value >= 0 && value <= 1 + 1e-12);
    double best = value;
    for (int i = from; i < order.length; i++) {
      boolean[] next = order.clone();
      next[from] = order[i];
      next[i] = order[from];
      if (from + 1 < order.length) {
        best = Math.max(best, best(labels, from + 1, next, k));
      }
    }
    return best;
  }
}
