package org.eglr.data.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrawsTest {

  private static final int COUNT = 200_000;

  @Test
  void normalDrawsHaveTheMomentsOfTheNormalDistribution() {
    double[] moments = new double[5];
    for (double value : new Draws(3).normals(COUNT)) {
      for (int m = 1; m <= 4; m++) {
        moments[m] += Math.pow(value, m) / COUNT;
      }
    }
    // Four standard errors: the moments' variances are 1, 2, 15 and 96.
    assertEquals(0, moments[1], 4 * Math.sqrt(1.0 / COUNT));
    assertEquals(1, moments[2], 4 * Math.sqrt(2.0 / COUNT));
    assertEquals(0, moments[3], 4 * Math.sqrt(15.0 / COUNT));
    assertEquals(3, moments[4], 4 * Math.sqrt(96.0 / COUNT));
  }

  @Test
  void wholeNumbersAreUniform() {
    int[] counts = new int[7];
    for (int value : new Draws(4).below(7, COUNT)) {
      counts[value]++;
    }
    for (int count : counts) {
      assertEquals(COUNT / 7.0, count, 4 * Math.sqrt(COUNT / 7.0));
    }
  }

  @Test
  void aShuffledFrontIsAUniformSampleWithoutReplacement() {
    Draws draws = new Draws(5);
    int[] values = {0, 1, 2, 3, 4};
    int[] counts = new int[25];
    for (int i = 0; i < COUNT; i++) {
      draws.shuffleFront(values, 2);
      counts[values[0] * 5 + values[1]]++;
    }
    int[] sorted = values.clone();
    Arrays.sort(sorted);
    assertEquals("[0, 1, 2, 3, 4]", Arrays.toString(sorted));
    for (int pair = 0; pair < 25; pair++) {
      double expected = pair % 6 == 0 ? 0 : COUNT / 20.0;
      assertEquals(expected, counts[pair], 4 * Math.sqrt(expected));
    }
  }

  @Test
  void streamsDependOnTheSeedAlone() {
    assertEquals(new Draws(6).uniform(), new Draws(6).uniform());
    assertNotEquals(new Draws(6).uniform(), new Draws(7).uniform());
    Draws parent = new Draws(6);
    assertNotEquals(parent.fork().uniform(), parent.fork().uniform());
  }
}
