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
