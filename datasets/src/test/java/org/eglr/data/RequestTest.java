package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {

  private final Schema schema =
      new Schema(
          List.of(),
          List.of(),
          List.of(new Vocabulary("id", List.of("a"))),
          List.of(new Scaling("price", 0, 1)));

  private Request request(int pool, int length, int ids, int values, int labels) {
    return new Request(
        schema,
        new int[0],
        new float[0],
        new int[ids],
        new float[values],
        pool,
        length,
        new String[labels]);
  }

  @Test
  void asksForAnotherNumberOfItems() {
    assertEquals(1, request(3, 2, 3, 3, 3).withLength(1).length());
    assertRefused(() -> request(3, 2, 3, 3, 3).withLength(4), "4 items of 3 candidates", "1 to 3");
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    assertRefused(() -> request(1, 1, 1, 1, 1), "at least 2 candidates", "1");
    assertRefused(() -> request(3, 0, 3, 3, 3), "0 items of 3", "1 to 3");
    assertRefused(() -> request(3, 2, 4, 3, 3), "itemIds has 4 entries", "ask for 3");
    assertRefused(() -> request(3, 2, 3, 2, 3), "itemValues has 2 entries", "ask for 3");
    assertRefused(() -> request(3, 2, 3, 3, 5), "labels has 5 entries", "ask for 3");
  }
}
