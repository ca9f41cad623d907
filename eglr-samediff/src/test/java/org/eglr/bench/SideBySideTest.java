package org.eglr.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.junit.jupiter.api.Test;

class SideBySideTest {

  @Test
  void one_ratio_a_round() {
    Splits data =
        Simulator.adLike().lists(100).listLength(4).pool(6).seed(1).log().split(0.6, 0.2, 0.2);
    SideBySide.Pace pace = SideBySide.measure(data, 8, 1, 3);
    assertEquals(3, pace.ratios().size());
    assertTrue(pace.seconds() > 0);
    assertEquals(pace.ratios().stream().sorted().toList().get(1), pace.ratio());
  }
}
