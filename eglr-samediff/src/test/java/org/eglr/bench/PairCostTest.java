package org.eglr.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eglr.Engine;
import org.eglr.PairEffects;
import org.junit.jupiter.api.Test;

class PairCostTest {

  @Test
  void one_ratio_a_round() throws Exception {
    PairCost.Ratios ratios = new PairCost(Scale.SMALL, Engine.JAVA, 3).measure(PairEffects.ALL, 4);
    for (double[] each : new double[][] {ratios.step(), ratios.score()}) {
      assertEquals(3, each.length);
      assertTrue(Arrays.stream(each).allMatch(ratio -> ratio > 0), Arrays.toString(each));
    }
  }
}
