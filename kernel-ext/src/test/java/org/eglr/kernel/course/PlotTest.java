package org.eglr.kernel.course;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.eglr.kernel.Content;
import org.junit.jupiter.api.Test;

class PlotTest {

  @Test
  void barsBelowZeroAreShownInFull() {
    // An axis that begins at 0 cuts both off at the same height.
    assertNotEquals(picture(1, -1), picture(1, -2));
  }

  @Test
  void linesAndBarsDoNotMix() {
    Plot bars = Plot.of("x", "y").bars("bars", new double[] {1, 2});
    assertThrows(
        IllegalStateException.class,
        () -> bars.line("line", new double[] {1, 2}, new double[] {1, 2}));
  }

  private static String picture(double... heights) {
    return Plot.of("x", "y").bars("bars", heights).content().data().get(Content.PNG);
  }
}
