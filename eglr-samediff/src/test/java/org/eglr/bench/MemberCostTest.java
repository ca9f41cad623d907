package org.eglr.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MemberCostTest {

  @Test
  void every_work_has_a_ratio_a_round() {
    MemberCost.Ratios ratios = new MemberCost(10, 40, 2).measure();
    for (double[] each : new double[][] {ratios.request(), ratios.evaluator(), ratios.grpo()}) {
      assertEquals(2, each.length);
      assertTrue(Arrays.stream(each).allMatch(r -> r > 0 && Double.isFinite(r)));
    }
  }

  @Test
  void quartiles_are_of_the_sorted_ratios() {
    assertEquals("3.000 [2.000 to 4.000]", Quartiles.of(new double[] {5, 1, 4, 2, 3}));
    assertEquals("1.500 [1.500 to 1.500]", Quartiles.of(new double[] {1.5}));
  }
}
