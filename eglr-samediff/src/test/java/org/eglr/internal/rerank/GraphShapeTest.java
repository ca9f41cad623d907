package org.eglr.internal.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GraphShapeTest {

  /** Few graphs; on a device, whose graphs take thousands of lists, little padding. */
  @Test
  void lists_of_a_graph() {
    for (int most : new int[] {32, 64, 128, 1 << 11, 1 << 13}) {
      for (int lists = 1; lists <= most; lists++) {
        int rows = GraphShape.rows(lists, most);
        assertTrue(rows >= lists && rows <= most, lists + " of " + most);
        assertTrue(
            lists <= 8 || most <= 128 || rows <= Math.max(128, 8 * lists), lists + ": " + rows);
      }
    }
    assertEquals(32, GraphShape.rows(9, 32));
    assertEquals(128, GraphShape.rows(64, 128));
    assertEquals(128, GraphShape.rows(64, 1 << 12));
  }

  @Test
  void at_most_a_quarter_of_what_is_rounded_is_padding() {
    for (int number = 1; number < 5_000; number++) {
      int rounded = GraphShape.rounded(number);
      assertTrue(rounded >= number && rounded <= 1.25 * number, number + ": " + rounded);
    }
  }
}
