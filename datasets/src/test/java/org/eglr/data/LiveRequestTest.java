package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class LiveRequestTest {

  private final ListLog log =
      Datasets.table(
          Table.read()
              .csv(
                  "l,u,i,c,age,brand,price\n"
                      + "1,a,x,1,30,5,2.5\n1,a,y,0,30,,0.5\n"
                      + "2,b,x,0,40,5,2.5\n2,b,z,1,40,6,\n",
                  "own"),
          c ->
              c.list("l")
                  .user("u")
                  .item("i")
                  .clicked("c")
                  .userFields("age")
                  .itemFields("brand", "price"));
  private final ListSet lists = log.split(new int[] {0, 1}, new int[0], new int[0]).train();

  private LiveRequest live(Map<String, ?> first, Map<String, ?> second) {
    return Request.of(lists.schema())
        .user(Map.of("u", "b", "age", 40))
        .candidates(List.of(first, second));
  }

  @Test
  void liveValuesAreEncodedAsThoseOfTheLog() {
    Map<String, Object> z = new HashMap<>(Map.of("i", "z", "brand", 6));
    z.put("price", null);
    Request live = live(Map.of("i", "x", "brand", 5.0, "price", 2.5f), z).length(2);
    Request logged = lists.request(1);
    assertArrayEquals(logged.userIds(), live.userIds());
    assertArrayEquals(logged.itemIds(), live.itemIds());
    assertArrayEquals(logged.itemValues(), live.itemValues());
    assertArrayEquals(new String[] {"x", "z"}, live.labels());
    Request first = lists.request(0);
    Request other =
        live(Map.of("i", "x", "brand", "5", "price", 2.5), Map.of("i", "y", "price", 0.5))
            .length(1);
    assertArrayEquals(first.itemIds(), other.itemIds(), "a brand left out is the missing one");
  }

  @Test
  void whatTrainingHasNotSeenIsUnknown() {
    LiveRequest live =
        live(Map.of("i", "new", "price", 1.0, "label", "A shirt"), Map.of("price", 1.0));
    Request request = live.length(1);
    assertEquals(Vocabulary.UNKNOWN, request.itemIds()[0]);
    assertEquals(List.of("A shirt", "candidate 1"), Arrays.asList(request.labels()));
    assertRefused(
        () -> live.strict().length(1), "candidate 0, field 'i' is 'new'", "its 3 known values");
  }

  @Test
  void mistakesAreNamed() {
    Map<String, Object> x = Map.of("i", "x");
    assertRefused(
        () -> live(x, Map.of("item", "x")).length(1),
        "candidate 1 has the field 'item', which the schema has not",
        "i, brand, price, price_missing");
    assertRefused(
        () -> live(x, Map.of("price", "cheap")).length(1),
        "candidate 1, field 'price' is 'cheap'; it needs a finite number");
    assertRefused(() -> live(x, Map.of("price", Double.POSITIVE_INFINITY)).length(1), "'Infinity'");
    assertRefused(
        () -> live(x, x).user(Map.of("town", "Bonn")).length(1), "the user has the field 'town'");
    assertRefused(() -> live(x, x).length(3), "3 items of 2 candidates");
  }
}
