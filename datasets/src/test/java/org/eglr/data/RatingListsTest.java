package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RatingListsTest {

  private record Event(int user, int item, double rating, long time) {}

  private final List<Event> events = new ArrayList<>();

  /** Up to 12 users with up to 40 ratings each of 50 items, with ties of time. */
  private Ratings ratings(long seed) {
    Random random = new Random(seed);
    events.clear();
    int users = 2 + random.nextInt(11);
    for (int user = 0; user < users; user++) {
      for (int item : Logs.distinct(random, 50, user == 0 ? 20 : random.nextInt(41))) {
        events.add(new Event(user, item, 1 + random.nextInt(9) / 2.0, random.nextInt(12)));
      }
    }
    java.util.Collections.shuffle(events, random);
    Ratings.Builder builder = new Ratings.Builder();
    events.forEach(e -> builder.add(e.user(), e.item(), e.rating(), e.time()));
    return builder.build(
        "ratings",
        Logs.entities("users", users, random),
        Logs.entities("items", 50, random),
        NEVER);
  }

  @Test
  void listsAreConsecutiveRatingsOfAUserByTime() {
    for (long seed = 0; seed < 100; seed++) {
      int length = 2 + (int) (seed % 9);
      double clickAt = 1 + (seed % 9) / 2.0;
      ListLog log = ratings(seed).lists(length).clickAt(clickAt).log();
      Map<Integer, List<Event>> byUser = new TreeMap<>();
      events.stream()
          .sorted(Comparator.comparingLong(Event::time).thenComparing(Event::item))
          .forEach(e -> byUser.computeIfAbsent(e.user(), u -> new ArrayList<>()).add(e));
      int list = 0;
      for (List<Event> mine : byUser.values()) {
        for (int from = 0; from + length <= mine.size(); from += length) {
          assertList(mine.subList(from, from + length), clickAt, log, list++);
        }
      }
      assertEquals(list, log.size());
    }
  }

  private static void assertList(List<Event> expected, double clickAt, ListLog log, int list) {
    Map<Integer, Boolean> clicks = new HashMap<>();
    expected.forEach(e -> clicks.put(e.item(), e.rating() >= clickAt));
    assertEquals(expected.get(0).user(), log.user(list));
    assertEquals(expected.get(0).time(), log.time(list));
    assertEquals(expected.size(), log.length(list));
    assertEquals(expected.size(), log.pool(list));
    assertEquals(clicks.values().stream().filter(c -> c).count(), log.utility(list));
    for (int i = 0; i < log.pool(list); i++) {
      assertEquals(clicks.remove(log.candidate(list, i)), log.clicked(list, i));
    }
  }

  @Test
  void theSeedAloneDecidesTheOrder() {
    for (long seed = 0; seed < 30; seed++) {
      Ratings ratings = ratings(seed);
      Logs.assertSame(ratings.lists(5).seed(seed).log(), ratings.lists(5).seed(seed).log());
      Logs.assertSame(ratings.lists(5).log(), ratings.lists(5).seed(7).log());
      ListLog one = ratings.lists(10).seed(1).log();
      ListLog two = ratings.lists(10).seed(2).log();
      boolean differs = false;
      for (int list = 0; list < one.size(); list++) {
        differs |= !Arrays.equals(Logs.pool(one, list), Logs.pool(two, list));
      }
      assertTrue(differs);
    }
  }

  private static final Ratings.Builder.Twice NEVER =
      (first, second) -> new DataException(first + " and " + second);

  @Test
  void everyPlaceIsEquallyLikely() {
    Ratings.Builder builder = new Ratings.Builder();
    for (int i = 0; i < 40_000; i++) {
      builder.add(i / 400, i % 400, 5, i);
    }
    Random random = new Random(1);
    ListLog log =
        builder
            .build("many", Logs.entities("u", 100, random), Logs.entities("i", 400, random), NEVER)
            .lists(4)
            .log();
    int[][] counts = new int[4][4];
    for (int list = 0; list < log.size(); list++) {
      for (int place = 0; place < 4; place++) {
        counts[log.candidate(list, place) % 4][place]++;
      }
    }
    for (int[] row : counts) {
      for (int count : row) {
        assertEquals(2_500, count, 200); // deviation about 43
      }
    }
  }

  @Test
  void aListDoesNotDependOnOtherUsers() {
    Random random = new Random(1);
    Entities items = Logs.entities("items", 50, random);
    Ratings.Builder both = new Ratings.Builder();
    Ratings.Builder alone = new Ratings.Builder();
    for (int item = 0; item < 20; item++) {
      both.add(0, item + 7, 3, 5);
      both.add(1, item, 4, item);
      alone.add(0, item, 4, item);
    }
    String[] keys = {"first", "second"};
    ListLog two = both.build("r", Entities.of("users", keys).build(), items, NEVER).lists(10).log();
    Entities second = Entities.of("users", new String[] {"second"}).build();
    ListLog one = alone.build("r", second, items, NEVER).lists(10).log();
    for (int list = 0; list < 2; list++) {
      assertArrayEquals(Logs.pool(one, list), Logs.pool(two, list + 2));
    }
  }

  @Test
  void popularityCountsTrainingListsOnly() {
    for (long seed = 0; seed < 100; seed++) {
      Ratings ratings = ratings(seed);
      Splits shuffled = ratings.lists(5).split(0.6, 0.2, 0.2);
      Splits popular = ratings.lists(5).order(CandidateOrder.POPULARITY).split(0.6, 0.2, 0.2);
      assertArrayEquals(Logs.rows(shuffled.train()), Logs.rows(popular.train()));
      assertArrayEquals(Logs.rows(shuffled.valid()), Logs.rows(popular.valid()));
      assertArrayEquals(Logs.rows(shuffled.test()), Logs.rows(popular.test()));
      assertEquals(shuffled.schema(), popular.schema());
      int[] lists = new int[50];
      for (int row : Logs.rows(popular.train())) {
        Arrays.stream(Logs.pool(popular.log(), row)).forEach(item -> lists[item]++);
      }
      for (int row = 0; row < popular.log().size(); row++) {
        assertOrdered(lists, shuffled.log(), popular.log(), row);
      }
    }
  }

  private static void assertOrdered(int[] lists, ListLog shuffled, ListLog popular, int row) {
    int[] before = Logs.pool(shuffled, row);
    int[] after = Logs.pool(popular, row);
    assertArrayEquals(Logs.sorted(before), Logs.sorted(after));
    assertEquals(shuffled.utility(row), popular.utility(row));
    List<Integer> places = Arrays.stream(before).boxed().toList();
    for (int i = 0; i < after.length; i++) {
      int place = places.indexOf(after[i]);
      assertEquals(shuffled.clicked(row, place), popular.clicked(row, i), "clicks move along");
      if (i > 0) {
        int previous = lists[after[i - 1]];
        assertTrue(
            previous > lists[after[i]]
                || previous == lists[after[i]] && places.indexOf(after[i - 1]) < place);
      }
    }
  }

  @Test
  void popularityNeedsASplit() {
    RatingLists lists = ratings(1).lists(5).order(CandidateOrder.POPULARITY);
    assertRefused(lists::log, "order(POPULARITY)", "split(train, valid, test)", "SHUFFLED");
    assertFalse(lists.order(CandidateOrder.SHUFFLED).log().size() == 0);
  }

  @Test
  void refusesWrongSettings() {
    Ratings ratings = ratings(1);
    for (int length : new int[] {1, 0, -3, 1_001}) {
      assertRefused(() -> ratings.lists(length), "lists(" + length + ")", "2 to 1,000");
    }
    for (double click : new double[] {0.4, 5.1, Double.NaN}) {
      assertRefused(() -> ratings.lists(5).clickAt(click), "clickAt(" + click + ")", "0.5 to 5.0");
    }
    assertRefused(() -> ratings.lists(500).log(), "no user has 500 ratings", "smaller n");
    assertRefused(() -> ratings.lists(5).split(0.8, 0.1, 0.2), "sum to 1");
    int[] users = IntStream.range(0, ratings.size()).map(ratings::user).toArray();
    assertArrayEquals(Logs.sorted(users), users, "ratings stand in the order of users");
  }
}
