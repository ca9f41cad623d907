package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListLogSplitTest {

  private static final double[][] SHARES = {
    {0.8, 0.1, 0.1},
    {0.4, 0.5, 0.1},
    {0.5, 0.25, 0.25},
    {0.9, 0, 0.1},
    {1, 0, 0},
    {0.34, 0.33, 0.33}
  };

  @Test
  void isAPartitionInTheOrderOfTimeWithTheSharesAskedFor() {
    for (long seed = 0; seed < 300; seed++) {
      ListLog log = Logs.random(seed, 1 + (int) (seed % 12));
      for (double[] shares : SHARES) {
        if (shares[0] * log.size() < 2) {
          continue; // so few lists that training may come out empty
        }
        Splits splits = log.split(shares[0], shares[1], shares[2]);
        ListSet[] parts = {splits.train(), splits.valid(), splits.test()};
        int[] all =
            Stream.of(parts).map(Logs::rows).flatMapToInt(Arrays::stream).sorted().toArray();
        assertArrayEquals(IntStream.range(0, log.size()).toArray(), all);
        for (int part = 0; part < 3; part++) {
          assertEquals(shares[part] * log.size(), parts[part].size(), 1 + 1e-9, "seed " + seed);
        }
        assertTimeOrder(log, parts);
      }
    }
  }

  private static void assertTimeOrder(ListLog log, ListSet[] parts) {
    Map<Integer, Long> latest = new HashMap<>();
    for (ListSet part : parts) {
      for (int row : Logs.rows(part)) {
        assertTrue(log.time(row) >= latest.getOrDefault(log.user(row), Long.MIN_VALUE));
      }
      for (int row : Logs.rows(part)) {
        latest.merge(log.user(row), log.time(row), Math::max);
      }
    }
  }

  @Test
  void usersWithSeveralListsKeepOneInTraining() {
    for (long seed = 0; seed < 100; seed++) {
      ListLog log = Logs.random(seed, 9);
      Splits splits = log.split(0.8, 0.1, 0.1);
      Set<Integer> trained = new HashSet<>();
      Map<Integer, Integer> lists = new HashMap<>();
      for (int row : Logs.rows(splits.train())) {
        trained.add(log.user(row));
      }
      for (int row = 0; row < log.size(); row++) {
        lists.merge(log.user(row), 1, Integer::sum);
      }
      for (int row : Logs.rows(splits.test())) {
        assertTrue(lists.get(log.user(row)) == 1 || trained.contains(log.user(row)));
      }
    }
  }

  @Test
  void usersWithASingleListAreSharedOut() {
    Entities users = Logs.entities("users", 100, new Random(1));
    ListLog.Builder builder =
        ListLog.builder("log", users, Logs.entities("items", 9, new Random(2)));
    for (int user = 0; user < 100; user++) {
      builder.add(user, 0, new int[] {user % 9, (user + 1) % 9}, new boolean[2]);
    }
    Splits splits = builder.build().split(0.4, 0.5, 0.1);
    assertEquals(40, splits.train().size(), 1);
    assertEquals(50, splits.valid().size(), 1);
    assertEquals(10, splits.test().size(), 1);
  }

  @Test
  void vocabulariesAndScalingsKnowTrainingOnly() {
    for (long seed = 0; seed < 100; seed++) {
      ListLog log = Logs.random(seed, 4);
      Splits splits = log.split(0.8, 0.1, 0.1);
      Set<Integer> seenUsers = new HashSet<>();
      Set<Integer> seenItems = new HashSet<>();
      for (int row : Logs.rows(splits.train())) {
        seenUsers.add(log.user(row));
        Arrays.stream(Logs.pool(log, row)).forEach(seenItems::add);
      }
      assertKnown(splits.schema().userCategories().get(0), log.users(), seenUsers);
      assertKnown(splits.schema().itemCategories().get(0), log.items(), seenItems);
      double[] values = log.items().values(Field.dense("value"));
      double mean =
          seenItems.stream()
              .mapToDouble(item -> values[item])
              .filter(v -> !Double.isNaN(v))
              .average()
              .orElse(0);
      assertEquals(mean, splits.schema().itemValues().get(0).mean(), 1e-12);
    }
  }

  private static void assertKnown(Vocabulary vocabulary, Entities entities, Set<Integer> seen) {
    assertEquals(seen.size() + 1, vocabulary.size());
    Set<Integer> ids = new HashSet<>();
    for (int row = 0; row < entities.size(); row++) {
      int id = vocabulary.id(entities.key(row));
      assertEquals(seen.contains(row), id != Vocabulary.UNKNOWN);
      assertTrue(id == Vocabulary.UNKNOWN || ids.add(id), "one id a value");
    }
  }

  @Test
  void whatOnlyLaterListsHoldDoesNotChangeTheSchema() {
    Random random = new Random(5);
    Entities users = Logs.entities("users", 1, random);
    Entities items = Logs.entities("items", 6, random);
    Splits[] splits = new Splits[2];
    for (int variant = 0; variant < 2; variant++) {
      splits[variant] =
          ListLog.builder("log", users, items)
              .add(0, 1, new int[] {3, 1}, new boolean[2])
              .add(0, 2, variant == 0 ? new int[] {1, 3} : new int[] {4, 5}, new boolean[2])
              .build()
              .split(0.5, 0, 0.5);
    }
    assertEquals(splits[0].schema(), splits[1].schema());
    assertArrayEquals(new int[] {0, 0}, splits[1].test().request(0).itemIds());
  }

  @Test
  void refusesWrongShares() {
    ListLog log = Logs.random(1, 5);
    for (double[] shares :
        new double[][] {
          {0, 0.5, 0.5}, {0.8, 0.1, 0.2}, {1.1, -0.1, 0}, {Double.NaN, 0.5, 0.5}, {80, 10, 10}
        }) {
      assertRefused(
          () -> log.split(shares[0], shares[1], shares[2]),
          "split(" + shares[0] + ", " + shares[1] + ", " + shares[2] + ")",
          "sum to 1");
    }
  }

  @Test
  void takesASplitMadeByTheCaller() {
    ListLog log = Logs.random(2, 6);
    Splits splits = log.split(new int[] {4, 0}, new int[] {2}, new int[] {});
    assertArrayEquals(new int[] {4, 0}, Logs.rows(splits.train()));
    assertArrayEquals(new int[] {2}, Logs.rows(splits.valid()));
    assertEquals(0, splits.test().size());
    int[] none = {};
    assertRefused(() -> log.split(none, new int[] {1}, none), "at least 1 training list");
    assertRefused(
        () -> log.split(new int[] {1}, new int[] {2}, new int[] {1}), "names list 1 twice");
    assertRefused(
        () -> log.split(new int[] {log.size()}, none, none), "list " + log.size(), "lists 0 to");
    assertRefused(() -> log.split(new int[] {-1}, none, none), "list -1");
  }
}
