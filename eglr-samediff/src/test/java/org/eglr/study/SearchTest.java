package org.eglr.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SearchTest {

  private final Set<Integer> tried = new TreeSet<>();

  private int found(boolean trial, IntToDoubleFunction worth) {
    tried.clear();
    Search search =
        new Search(
            trial,
            n -> {
              assertTrue(tried.contains(n), n + " is not run yet");
              return worth.applyAsDouble(n);
            });
    for (List<Integer> next = search.next(); !next.isEmpty(); next = search.next()) {
      for (int n : next) {
        assertTrue(tried.add(n), n + " is tried twice");
      }
    }
    return search.best();
  }

  @Test
  void what_rises_and_falls_once_is_searched_to_its_top_and_no_farther_than_a_step_beyond() {
    for (int top = -5; top <= 5; top++) {
      int peak = top;
      int within = Math.max(-Search.FARTHEST, Math.min(Search.FARTHEST, top));
      assertEquals(within, found(false, n -> -Math.abs(n - peak)));
      Set<Integer> path = new TreeSet<>(Set.of(-1, 0, 1));
      for (int n = Math.min(0, within - 1); n <= Math.max(0, within + 1); n++) {
        if (Math.abs(n) <= Search.FARTHEST) {
          path.add(n);
        }
      }
      assertEquals(path, tried, "top " + top);
    }
  }

  @Test
  void whatever_the_worth_the_best_that_was_tried_has_no_neighbour_that_was_not() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      double[] worth = random.doubles(2 * Search.FARTHEST + 1).toArray();
      int best = found(false, n -> worth[n + Search.FARTHEST]);
      for (int n : tried) {
        assertTrue(worth[best + Search.FARTHEST] >= worth[n + Search.FARTHEST]);
      }
      for (int n : List.of(best - 1, best + 1)) {
        assertEquals(Math.abs(n) <= Search.FARTHEST, tried.contains(n), seed + ": " + n);
      }
    }
  }

  @Test
  void of_equals_the_own_value_is_taken() {
    assertEquals(0, found(false, n -> 1));
    assertEquals(Set.of(-1, 0, 1), tried);
  }

  @Test
  void a_trial_tries_two() {
    assertEquals(-1, found(true, n -> -n));
    assertEquals(Set.of(-1, 0), tried);
  }
}
