package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListSetTest {

  @Test
  void requestsSayWhatTheLogSays() {
    for (long seed = 0; seed < 50; seed++) {
      ListLog log = Logs.random(seed, 6);
      Splits splits = log.split(0.8, 0.1, 0.1);
      for (ListSet lists : new ListSet[] {splits.train(), splits.valid(), splits.test()}) {
        for (int list = 0; list < lists.size(); list++) {
          assertRequest(log, lists, list);
        }
      }
    }
  }

  private static void assertRequest(ListLog log, ListSet lists, int list) {
    int row = lists.logIndex(list);
    Request request = lists.request(list);
    Schema schema = lists.schema();
    assertEquals(log.pool(row), request.pool());
    assertEquals(log.length(row), request.length());
    assertEquals(log.pool(row), lists.pool(list));
    assertEquals(log.length(row), lists.length(list));
    assertEquals(log.utility(row), lists.utility(list));
    String user = log.users().key(log.user(row));
    assertArrayEquals(new int[] {schema.userCategories().get(0).id(user)}, request.userIds());
    for (int i = 0; i < request.pool(); i++) {
      int item = log.candidate(row, i);
      assertEquals(log.items().key(item), request.labels()[i]);
      assertEquals(schema.itemCategories().get(0).id(log.items().key(item)), request.itemIds()[i]);
      double value = log.items().values(Field.dense("value"))[item];
      assertEquals(schema.itemValues().get(0).apply(value), request.itemValues()[i]);
      assertEquals(log.clicked(row, i), lists.clicked(list, i));
    }
    Request shown = lists.shown(list);
    Request expected = request.withCandidates(IntStream.range(0, request.length()).toArray());
    assertEquals(request.length(), shown.pool());
    assertEquals(request.length(), shown.length());
    assertArrayEquals(expected.userIds(), shown.userIds());
    assertArrayEquals(expected.userValues(), shown.userValues());
    assertArrayEquals(expected.itemIds(), shown.itemIds());
    assertArrayEquals(expected.itemValues(), shown.itemValues());
    assertArrayEquals(expected.labels(), shown.labels());
  }

  @Test
  void aRequestIsACopy() {
    ListSet lists = Logs.random(3, 6).split(0.8, 0.1, 0.1).train();
    Request first = lists.request(0);
    Arrays.fill(first.itemIds(), -1);
    Arrays.fill(first.userIds(), -1);
    Arrays.fill(first.itemValues(), -1);
    Arrays.fill(first.userValues(), -1);
    Arrays.fill(first.labels(), "");
    Request second = lists.request(0);
    assertNotEquals(-1, second.itemIds()[0]);
    assertNotEquals(-1, second.userIds()[0]);
    assertNotEquals(-1f, second.itemValues()[0]);
    assertNotEquals(-1f, second.userValues()[0]);
    assertNotEquals("", second.labels()[0]);
  }

  @Test
  void severalFieldsAreLaidOutCandidateByCandidate() {
    String[] keys = {"a", "b", "c"};
    Entities items =
        Entities.of("items", keys)
            .dense("price", new double[] {1, 2, 3})
            .categorical("id", keys)
            .dense("age", new double[] {30, 20, 10})
            .categorical("colour", new String[] {"red", null, "red"})
            .build();
    Entities users = Entities.of("users", new String[] {"u"}).build();
    Request request =
        ListLog.builder("log", users, items)
            .add(0, 0, new int[] {2, 0, 1}, new boolean[2])
            .build()
            .split(1, 0, 0)
            .train()
            .request(0);
    assertArrayEquals(new int[] {3, 1, 1, 1, 2, 0}, request.itemIds());
    float one = (float) Math.sqrt(1.5);
    assertArrayEquals(new float[] {one, -one, -one, one, 0, 0}, request.itemValues(), 1e-6f);
    assertEquals(0, request.userIds().length);
  }

  @Test
  void rangesAndSamplesAreListsOfTheSet() {
    ListSet train = Logs.random(4, 9).split(0.8, 0.1, 0.1).train();
    ListSet range = train.range(2, 5);
    assertArrayEquals(Arrays.copyOfRange(Logs.rows(train), 2, 5), Logs.rows(range));
    assertEquals(0, train.range(1, 1).size());
    assertThrows(IndexOutOfBoundsException.class, () -> train.range(0, train.size() + 1));
    assertThrows(IndexOutOfBoundsException.class, () -> train.range(3, 2));
    for (long seed = 0; seed < 50; seed++) {
      int[] sample = Logs.rows(train.sample(7, seed));
      assertEquals(7, Arrays.stream(sample).distinct().count());
      assertTrue(
          Arrays.stream(sample)
              .allMatch(r -> IntStream.of(Logs.rows(train)).anyMatch(x -> x == r)));
      assertArrayEquals(sample, Logs.rows(train.sample(7, seed)));
    }
    assertFalse(Arrays.equals(Logs.rows(train.sample(7, 1)), Logs.rows(train.sample(7, 2))));
    assertEquals(train.size(), train.sample(1_000, 1).size());
    assertRefused(() -> train.sample(-1, 1), "sample(-1)", "at least 0");
  }

  @Test
  void truthIsAskedWithRowsOfTheLog() {
    Random random = new Random(1);
    Entities users = Logs.entities("users", 2, random);
    Entities items = Logs.entities("items", 9, random);
    ClickModel model =
        (user, shown) -> IntStream.of(shown).mapToDouble(item -> user + item / 10.0).toArray();
    ListLog.Builder builder = ListLog.builder("log", users, items);
    builder.add(0, 0, new int[] {0, 1}, new boolean[2]);
    builder.add(1, 0, new int[] {7, 8, 5}, new boolean[2]);
    ListSet lists = builder.build(model).split(new int[] {1}, new int[] {0}, new int[0]).train();
    assertTrue(lists.hasTruth());
    double[] truth = lists.trueClickProbabilities(0, new int[] {2, 0}).orElseThrow();
    assertArrayEquals(new double[] {1.5, 1.7}, truth, 1e-12);
    assertThrows(
        IndexOutOfBoundsException.class, () -> lists.trueClickProbabilities(0, new int[] {0, 3}));
    ListSet logged = builder.build().split(1, 0, 0).train();
    assertFalse(logged.hasTruth());
    assertTrue(logged.trueClickProbabilities(0, new int[] {0, 1}).isEmpty());
  }

  @Test
  void encodesByAForeignSchema() {
    ListLog log = Logs.random(5, 6);
    Schema schema = log.split(0.5, 0.2, 0.3).schema();
    ListSet all = log.encode(schema);
    assertEquals(log.size(), all.size());
    for (int list = 0; list < all.size(); list++) {
      assertRequest(log, all, list);
    }
    Schema other =
        new Schema(
            schema.userCategories(),
            schema.userValues(),
            java.util.List.of(new Vocabulary("brand", java.util.List.of("x"))),
            schema.itemValues());
    assertRefused(() -> log.encode(other), "items have no categorical field 'brand'", "id");
  }
}
