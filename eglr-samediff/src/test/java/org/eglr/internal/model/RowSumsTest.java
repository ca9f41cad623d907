package org.eglr.internal.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree adds up what it should, whatever the number of uses. */
class RowSumsTest {

  private static final int ROWS = 40;

  /** Whole numbers, so that every order of adding gives the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 63, 64, 65, 700, 5000})
  void sums_of_random_uses(int uses) {
    SplittableRandom random = new SplittableRandom(uses);
    RowSums sums = new RowSums(ROWS);
    for (int round = 0; round < 3; round++) { // an object is used again
      sums.clear();
      double[] gradients = new double[uses + 1];
      double[] expected = new double[ROWS];
      int[] places = RandomRequests.permutation(random, uses);
      for (int use = 0; use < uses; use++) {
        int row = random.nextBoolean() ? 3 : random.nextInt(ROWS);
        gradients[places[use]] = 1 + random.nextInt(100);
        expected[row] += gradients[places[use]];
        sums.add(row, places[use]);
      }
      int[] rows = sums.rows();
      double[] actual = add(sums.levels(uses), gradients);
      assertEquals(rows.length, actual.length);
      assertEquals(rows.length, Arrays.stream(rows).distinct().count());
      double[] full = new double[ROWS];
      for (int slot = 0; slot < rows.length; slot++) {
        full[rows[slot]] = actual[slot];
      }
      assertArrayEquals(expected, full);
    }
  }

  @Test
  void a_row_used_often_costs_few_levels() {
    RowSums sums = new RowSums(ROWS);
    for (int use = 0; use < 4096; use++) {
      sums.add(5, use);
    }
    List<int[]> levels = sums.levels(4096);
    assertEquals(4, levels.size());
    assertTrue(levels.stream().mapToInt(level -> level.length).sum() < 4096 * 1.2);
  }

  @Test
  void rows_come_in_order_of_first_use() {
    RowSums sums = new RowSums(ROWS);
    for (int row : new int[] {7, 2, 7, 39, 2, 0}) {
      sums.add(row, 0);
    }
    assertArrayEquals(new int[] {7, 2, 39, 0}, sums.rows());
  }

  private static double[] add(List<int[]> levels, double[] terms) {
    for (int[] level : levels) {
      double[] sums = new double[level.length / RowSums.WIDTH];
      for (int i = 0; i < level.length; i++) {
        sums[i / RowSums.WIDTH] += terms[level[i]];
      }
      terms = sums;
    }
    return terms;
  }
}
