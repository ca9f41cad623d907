package org.eglr.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PoolOrderTest {

  /** By the item's value; what is missing counts 0. */
  private static List<double[]> byValue(List<Request> requests) {
    return requests.stream()
        .map(
            request -> {
              double[] scores = new double[request.pool()];
              for (int i = 0; i < scores.length; i++) {
                scores[i] = request.itemValues()[i];
              }
              return scores;
            })
        .toList();
  }

  @Test
  void shown_items_stay_shown_sorted_with_their_clicks() {
    Splits data = Logs.random(5, 6).split(0.5, 0.25, 0.25);
    Splits ordered = data.ordered(PoolOrderTest::byValue);
    assertSame(data.schema(), ordered.schema());
    ListSet[][] parts = {
      {data.train(), ordered.train()},
      {data.valid(), ordered.valid()},
      {data.test(), ordered.test()}
    };
    for (ListSet[] part : parts) {
      assertEquals(part[0].size(), part[1].size());
      for (int list = 0; list < part[0].size(); list++) {
        check(part[0], part[1], list);
      }
    }
  }

  private static void check(ListSet before, ListSet after, int list) {
    assertEquals(before.length(list), after.length(list));
    assertEquals(before.utility(list), after.utility(list));
    ListLog old = before.log();
    ListLog now = after.log();
    assertEquals(old.user(before.logIndex(list)), now.user(after.logIndex(list)));
    float[] values = after.request(list).itemValues();
    for (int i = 0; i < after.pool(list); i++) {
      assertTrue(i == 0 || i == after.length(list) || values[i] <= values[i - 1]);
      int item = now.candidate(after.logIndex(list), i);
      int was = 0;
      while (old.candidate(before.logIndex(list), was) != item) {
        was++;
      }
      assertEquals(was < before.length(list), i < after.length(list), "shown before, shown now");
      assertEquals(before.clicked(list, was), after.clicked(list, i));
    }
  }

  @Test
  void a_score_that_is_missing_is_refused() {
    Splits data = Logs.random(5, 6).split(0.5, 0.25, 0.25);
    String message =
        assertThrows(
                DataException.class,
                () -> data.ordered(r -> r.stream().map(one -> new double[1]).toList()))
            .getMessage();
    assertTrue(message.endsWith("candidates has 1 scores; there must be one each"), message);
  }
}
