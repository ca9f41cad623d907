package org.eglr.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Small logs for tests, and their comparison. */
final class Logs {

  private Logs() {}

  /** Entities with one categorical field "id", their key, and one dense field "value". */
  static Entities entities(String what, int count, Random random) {
    String[] keys = IntStream.range(0, count).mapToObj(i -> what + i).toArray(String[]::new);
    double[] values =
        random.doubles(count, -5, 5).map(v -> random.nextInt(9) == 0 ? Double.NaN : v).toArray();
    return Entities.of(what, keys).categorical("id", keys).dense("value", values).build();
  }

  /** A log of a few users with 1 to most lists each, in mixed order, with ties of time. */
  static ListLog random(long seed, int most) {
    Random random = new Random(seed);
    Entities users = entities("users", 1 + random.nextInt(30), random);
    Entities items = entities("items", 12 + random.nextInt(50), random);
    List<Integer> rows = new ArrayList<>();
    for (int user = 0; user < users.size(); user++) {
      for (int list = 1 + random.nextInt(most); list > 0; list--) {
        rows.add(user);
      }
    }
    java.util.Collections.shuffle(rows, random);
    ListLog.Builder log = ListLog.builder("random " + seed, users, items);
    for (int user : rows) {
      int pool = 2 + random.nextInt(9);
      boolean[] clicks = new boolean[2 + random.nextInt(pool - 1)];
      for (int i = 0; i < clicks.length; i++) {
        clicks[i] = random.nextBoolean();
      }
      log.add(user, random.nextInt(8), distinct(random, items.size(), pool), clicks);
    }
    return log.build();
  }

  /** So many different numbers below a limit. */
  static int[] distinct(Random random, int limit, int count) {
    return random.ints(0, limit).distinct().limit(count).toArray();
  }

  /** The candidates of a list, rows of the items. */
  static int[] pool(ListLog log, int list) {
    return IntStream.range(0, log.pool(list)).map(i -> log.candidate(list, i)).toArray();
  }

  /** Indices of a set's lists in its log. */
  static int[] rows(ListSet lists) {
    return IntStream.range(0, lists.size()).map(lists::logIndex).toArray();
  }

  /** Requires equal users, items and lists. */
  static void assertSame(ListLog expected, ListLog actual) {
    assertEquals(expected.name(), actual.name());
    assertSameContent(expected, actual);
  }

  /** As {@link #assertSame(ListLog, ListLog)}, but for the logs' names. */
  static void assertSameContent(ListLog expected, ListLog actual) {
    assertSame(expected.users(), actual.users());
    assertSame(expected.items(), actual.items());
    assertEquals(expected.size(), actual.size());
    for (int list = 0; list < expected.size(); list++) {
      assertEquals(expected.user(list), actual.user(list));
      assertEquals(expected.time(list), actual.time(list));
      assertEquals(expected.length(list), actual.length(list));
      assertEquals(expected.utility(list), actual.utility(list));
      assertArrayEquals(pool(expected, list), pool(actual, list));
      for (int i = 0; i < expected.pool(list); i++) {
        assertEquals(expected.clicked(list, i), actual.clicked(list, i));
      }
    }
  }

  private static void assertSame(Entities expected, Entities actual) {
    assertEquals(expected.size(), actual.size());
    assertEquals(expected.fields(), actual.fields());
    for (int row = 0; row < expected.size(); row++) {
      assertEquals(expected.key(row), actual.key(row));
      assertEquals(expected.label(row), actual.label(row));
    }
    for (Field field : expected.fields()) {
      if (field.kind() == FieldKind.CATEGORICAL) {
        assertArrayEquals(expected.categories(field), actual.categories(field), field.name());
      } else {
        assertArrayEquals(expected.values(field), actual.values(field), field.name());
      }
    }
  }

  /** The flags of a list's shown items. */
  static boolean[] clicks(ListLog log, int list) {
    boolean[] clicks = new boolean[log.length(list)];
    IntStream.range(0, clicks.length).forEach(i -> clicks[i] = log.clicked(list, i));
    return clicks;
  }

  /** Indices sorted, for comparisons of sets. */
  static int[] sorted(int[] values) {
    int[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }
}
