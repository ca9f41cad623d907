package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CodePointsTest {

  private static final String TEXT = "a\ud83d\ude00b";

  @Test
  void placesAreCountedAsJupyterCountsThem() {
    assertEquals(1, CodePoints.index(TEXT, 1));
    assertEquals(3, CodePoints.index(TEXT, 2));
    assertEquals(4, CodePoints.index(TEXT, 3));
    for (int place = 0; place <= 3; place++) {
      assertEquals(place, CodePoints.count(TEXT, CodePoints.index(TEXT, place)));
    }
  }

  @Test
  void aPlaceOutsideIsAnEnd() {
    assertEquals(4, CodePoints.index(TEXT, 99));
    assertEquals(0, CodePoints.index(TEXT, -1));
    assertEquals(0, CodePoints.index("", 5));
    assertEquals(3, CodePoints.count(TEXT, 99));
  }
}
