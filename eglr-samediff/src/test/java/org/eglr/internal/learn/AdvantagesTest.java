package org.eglr.internal.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Group-relative advantages (eq. 18). */
class AdvantagesTest {

  @Test
  void sum_to_zero_and_have_unit_deviation() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double scale = Math.pow(10, random.nextInt(-3, 4));
      double[] rewards = random.doubles(2 + random.nextInt(14)).map(r -> scale * (r + 1)).toArray();
      double[] advantages = Advantages.of(rewards, true, 1e-12);
      assertEquals(0, Arrays.stream(advantages).sum(), 1e-9);
      double mean = Arrays.stream(advantages).map(a -> a * a).average().orElseThrow();
      assertEquals(1, mean, 1e-6);
      assertEquals(0, Arrays.stream(Advantages.of(rewards, false, 1)).sum(), 1e-9 * scale);
    }
  }

  /** Each part by the formula, weighted and added. */
  @Test
  void parts_normalised_one_by_one() {
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int group = 2 + random.nextInt(8);
      double[] weights = {1, 0.2, -0.5};
      double[] scales = {1, 1e-4, 300}; // one would drown the others
      double[][] parts = new double[group][3];
      for (double[] list : parts) {
        Arrays.setAll(list, p -> scales[p] * (1 + random.nextDouble()));
      }
      double[] expected = new double[group];
      for (int p = 0; p < 3; p++) {
        double mean = 0;
        double square = 0;
        for (double[] list : parts) {
          mean += list[p] / group;
        }
        for (double[] list : parts) {
          square += (list[p] - mean) * (list[p] - mean) / group;
        }
        for (int g = 0; g < group; g++) {
          expected[g] += weights[p] * (parts[g][p] - mean) / (Math.sqrt(square) + 1e-6);
        }
      }
      assertArrayEquals(expected, Advantages.of(parts, weights, true, true, 1e-6), 1e-6);
      double[] sums = new double[group];
      Arrays.setAll(sums, g -> parts[g][0] + 0.2 * parts[g][1] - 0.5 * parts[g][2]);
      assertArrayEquals(
          Advantages.of(sums, true, 1e-6), Advantages.of(parts, weights, false, true, 1e-6), 1e-9);
    }
  }

  @Test
  void a_part_without_spread_adds_nothing() {
    double[][] parts = {{1, 5}, {2, 5}, {3, 5}};
    double[] alone = Advantages.of(new double[] {1, 2, 3}, true, 1e-6);
    assertArrayEquals(alone, Advantages.of(parts, new double[] {1, 9}, true, true, 1e-6));
  }

  @Test
  void hardly_any_spread_is_told_from_none() {
    assertTrue(Advantages.nearlyFlat(new double[] {1, 1.0005, 1}));
    assertFalse(Advantages.nearlyFlat(new double[] {1, 1.01, 1}));
    assertFalse(Advantages.nearlyFlat(new double[] {1, 1, 1}));
  }

  @Test
  void a_known_group() {
    assertArrayEquals(
        new double[] {-1, 1, -1, 1}, Advantages.of(new double[] {1, 3, 1, 3}, true, 1e-12), 1e-9);
    assertArrayEquals(
        new double[] {-1, 1, -1, 1}, Advantages.of(new double[] {1, 3, 1, 3}, false, 1), 1e-12);
  }

  @Test
  void equal_rewards_give_zeros_and_no_nan() {
    for (double reward : new double[] {0, 1, 0.1, 1e9, 1e-300}) {
      double[] rewards = new double[8];
      Arrays.fill(rewards, reward);
      assertTrue(Advantages.flat(rewards));
      assertArrayEquals(new double[8], Advantages.of(rewards, true, 1e-6));
    }
  }

  @Test
  void a_difference_of_rounding_is_none() {
    double[] rewards = {2.5, Math.nextUp(2.5), 2.5, 2.5 - 1e-12};
    assertArrayEquals(new double[4], Advantages.of(rewards, true, 1e-6));
    assertFalse(Advantages.flat(new double[] {2.5, 2.5001}));
  }
}
