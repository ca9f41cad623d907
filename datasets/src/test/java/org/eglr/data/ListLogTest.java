package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ListLogTest {

  private final Entities users = Logs.entities("users", 3, new Random(1));
  private final Entities items = Logs.entities("items", 40, new Random(2));
  private final ListLog.Builder builder = ListLog.builder("log", users, items);

  @Test
  void keepsEveryListAsItWasAdded() {
    Random random = new Random(3);
    List<int[]> pools = new ArrayList<>();
    List<boolean[]> clicks = new ArrayList<>();
    for (int list = 0; list < 1_000; list++) {
      pools.add(Logs.distinct(random, 40, 2 + random.nextInt(30)));
      clicks.add(new boolean[2 + random.nextInt(pools.get(list).length - 1)]);
      for (int i = 0; i < clicks.get(list).length; i++) {
        clicks.get(list)[i] = random.nextInt(4) == 0;
      }
      builder.add(list % 3, 7L * list, pools.get(list), clicks.get(list));
    }
    ListLog log = builder.build();
    assertEquals(1_000, log.size());
    for (int list = 0; list < log.size(); list++) {
      assertEquals(list % 3, log.user(list));
      assertEquals(7L * list, log.time(list));
      assertArrayEquals(pools.get(list), Logs.pool(log, list));
      assertArrayEquals(clicks.get(list), Logs.clicks(log, list));
      int count = 0;
      for (boolean click : clicks.get(list)) {
        count += click ? 1 : 0;
      }
      assertEquals(count, log.utility(list));
      for (int i = log.length(list); i < log.pool(list); i++) {
        assertFalse(log.clicked(list, i), "not shown, so not clicked");
      }
    }
  }

  @Test
  void aBuiltLogDoesNotChangeWithItsBuilder() {
    builder.add(0, 1, new int[] {0, 1}, new boolean[] {true, false});
    ListLog log = builder.build();
    builder.add(1, 2, new int[] {2, 3}, new boolean[] {true, true});
    assertEquals(1, log.size());
    assertEquals(2, builder.build().size());
  }

  @Test
  void keepsAUtilityOfItsOwn() {
    ListLog log = builder.add(0, 1, new int[] {0, 1}, new boolean[2], 3.5f).build();
    assertEquals(3.5f, log.utility(0));
  }

  @Test
  void indicesOutsideTheListAreRefusedRatherThanReadFromTheNext() {
    builder.add(0, 1, new int[] {0, 1}, new boolean[2]);
    ListLog log = builder.add(0, 2, new int[] {2, 3}, new boolean[] {true, true}).build();
    assertThrows(IndexOutOfBoundsException.class, () -> log.candidate(0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> log.clicked(0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> log.candidate(1, -1));
  }

  @Test
  void refusesWrongLists() {
    builder.add(0, 1, new int[] {0, 1}, new boolean[2]);
    assertRefused(
        () -> builder.add(3, 1, new int[] {0, 1}, new boolean[2]),
        "log, list 2",
        "user row 3",
        "3 users");
    assertRefused(
        () -> builder.add(-1, 1, new int[] {0, 1}, new boolean[2]), "list 2", "user row -1");
    assertRefused(
        () -> builder.add(0, 1, new int[] {0}, new boolean[1]), "1 item(s) shown", "at least 2");
    assertRefused(
        () -> builder.add(0, 1, new int[] {0, 1}, new boolean[3]), "3 items shown of 2 candidates");
    assertRefused(
        () -> builder.add(0, 1, new int[] {0, 40}, new boolean[2]), "item row 40", "40 items");
    assertRefused(
        () -> builder.add(0, 1, new int[] {-1, 4}, new boolean[2]), "item row -1", "40 items");
    assertRefused(
        () -> builder.add(0, 1, new int[] {5, 4, 5}, new boolean[2]), "'items5' stands twice");
    for (float utility : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertRefused(
          () -> builder.add(0, 1, new int[] {0, 1}, new boolean[2], utility),
          "utility " + utility,
          "finite and at least 0");
    }
    assertEquals(1, builder.size(), "nothing refused was added");
  }

  @Test
  void refusesALogWithoutLists() {
    assertRefused(builder::build, "log: no lists");
  }

  @Test
  void summaryCountsWhatOccurs() {
    builder.add(0, 1, new int[] {0, 1, 2, 3}, new boolean[] {true, false});
    builder.add(0, 2, new int[] {2, 3}, new boolean[] {true, true}, 5);
    Summary summary = builder.build().summary();
    assertEquals(1, summary.users());
    assertEquals(4, summary.items());
    assertEquals(2, summary.lists());
    assertEquals(0.75, summary.clickRate());
    assertEquals(3, summary.utility());
    assertEquals(new Summary.Range(2, 2, 2), summary.length());
    assertEquals(new Summary.Range(2, 3, 4), summary.pool());
    String table = summary.toTable().print();
    assertTrue(table.contains("2 to 4, mean 3.0"), table);
    assertTrue(table.contains("75.0 %"), table);
  }
}
