package org.eglr.data.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented effects of the worlds of another form, from the fields that a log shows. */
class OtherWorldsTest {

  private static final double ROUNDED = 5e-3; // prices and ratings have two digits

  @ParameterizedTest
  @ValueSource(strings = {"alike", "prices", "together"})
  void effectsFollowTheDocumentedFormula(String preset) {
    double strength = 1.3;
    for (long seed = 0; seed < 10; seed++) {
      ListLog log =
          Simulator.preset(preset)
              .positionBias(0)
              .neighbourEffects(strength)
              .lists(1)
              .seed(seed)
              .log();
      NeighbourClickModel model = Worlds.truth(log);
      SplittableRandom random = new SplittableRandom(seed);
      int user = random.nextInt(log.users().size());
      int[] items = Worlds.items(log, 12, random);
      Set<String> together = preset.equals("together") ? pairs(log) : Set.of();
      double[] p = model.clickProbabilities(user, items);
      for (int k = 0; k < items.length; k++) {
        double effect = (Math.log(p[k] / (1 - p[k])) - model.attraction(user, items[k])) / strength;
        double expected =
            switch (preset) {
              case "alike" -> likeBefore(log, items, k);
              case "prices" -> tiredAndAnchored(log, items, k);
              default -> besideItsPair(log, together, items, k);
            };
        assertEquals(expected, effect, ROUNDED, preset + ", seed " + seed + ", position " + k);
      }
    }
  }

  /**
   * The pairs of categories whose second gains by itself behind the first: read off lists of two.
   */
  private static Set<String> pairs(ListLog log) {
    Set<String> found = new TreeSet<>();
    NeighbourClickModel model = Worlds.truth(log);
    for (int first = 0; first < 60; first++) {
      for (int second = 0; second < 60; second++) {
        if (first != second) {
          double p = model.clickProbabilities(0, new int[] {first, second})[1];
          if (Math.log(p / (1 - p)) - model.attraction(0, second) > 1) {
            found.add(pair(log, first, second));
          }
        }
      }
    }
    return found;
  }

  private static String pair(ListLog log, int first, int second) {
    return Worlds.category(log, first) + " " + Worlds.category(log, second);
  }

  private static double besideItsPair(ListLog log, Set<String> pairs, int[] items, int k) {
    String category = Worlds.category(log, items[k]);
    if (pairs.stream().anyMatch(pair -> pair.startsWith(category + " "))) {
      return -1;
    }
    return k > 0 && pairs.contains(pair(log, items[k - 1], items[k])) ? 3 : 0;
  }

  /** Each of eight categories is a main or a side, of one pair. */
  @Test
  void categoriesThatGoTogetherAreDisjointPairs() {
    Set<Set<String>> drawn = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      Set<String> pairs = pairs(Simulator.together().positionBias(0).lists(1).seed(seed).log());
      Set<String> all = new TreeSet<>();
      pairs.forEach(pair -> all.addAll(List.of(pair.split(" "))));
      assertEquals(4, pairs.size(), pairs.toString());
      assertEquals(8, all.size(), pairs.toString());
      drawn.add(pairs);
    }
    assertTrue(drawn.size() > 15, "seeds draw other pairs");
  }

  /**
   * Where the best list needs looking ahead, choosing the item that is worth most at each place, by
   * the truth, loses to the best list of all: here by more than in the world of ads.
   */
  @Test
  void choosingByTheTruthItemByItemLosesMoreWhereItemsGoTogether() {
    double together = lostByGreed(Simulator.together());
    double ad = lostByGreed(Simulator.adLike());
    assertTrue(together > 0.03 && together > 2 * ad, together + " against " + ad);
  }

  /** Share of the best list's expected DCG, lists of 4 of 7. */
  private static double lostByGreed(Simulator simulator) {
    double best = 0;
    double greedy = 0;
    for (long seed = 0; seed < 40; seed++) {
      ListLog log = simulator.lists(1).seed(seed).log();
      NeighbourClickModel model = Worlds.truth(log);
      SplittableRandom random = new SplittableRandom(seed);
      int user = random.nextInt(log.users().size());
      int[] pool = Worlds.items(log, 7, random);
      best += best(model, user, pool, new int[0]);
      int[] list = new int[0];
      while (list.length < 4) {
        int[] longest = list;
        list =
            longer(longest, pool)
                .max(Comparator.comparingDouble(l -> model.expectedDcg(user, l)))
                .orElseThrow();
      }
      greedy += model.expectedDcg(user, list);
    }
    return 1 - greedy / best;
  }

  private static double best(NeighbourClickModel model, int user, int[] pool, int[] list) {
    return list.length == 4
        ? model.expectedDcg(user, list)
        : longer(list, pool).mapToDouble(l -> best(model, user, pool, l)).max().orElseThrow();
  }

  private static Stream<int[]> longer(int[] list, int[] pool) {
    return IntStream.of(pool)
        .filter(item -> IntStream.of(list).noneMatch(taken -> taken == item))
        .mapToObj(
            item -> {
              int[] more = Arrays.copyOf(list, list.length + 1);
              more[list.length] = item;
              return more;
            });
  }

  private static double likeBefore(ListLog log, int[] items, int k) {
    double sum = 0;
    for (int j = 0; j < k; j++) {
      double price = logPrice(log, items[k]) - logPrice(log, items[j]);
      double rating = (shown(log, "rating", items[k]) - shown(log, "rating", items[j])) / 10;
      boolean same = Worlds.category(log, items[k]).equals(Worlds.category(log, items[j]));
      double like = Math.exp(-(Math.pow(price, 2) + Math.pow(rating, 2)) / 2) * (same ? 1 : 0.5);
      sum -= Math.pow(0.7, k - j - 1) * like;
    }
    return sum;
  }

  private static double tiredAndAnchored(ListLog log, int[] items, int k) {
    int same = 0;
    double before = 0;
    for (int j = 0; j < k; j++) {
      same += Worlds.category(log, items[k]).equals(Worlds.category(log, items[j])) ? 1 : 0;
      before += logPrice(log, items[j]) / k;
    }
    return -0.6 * same + (k == 0 ? 0 : 0.8 * Math.tanh(before - logPrice(log, items[k])));
  }

  private static double logPrice(ListLog log, int item) {
    return Math.log(shown(log, "price", item) / 40) / 0.3;
  }

  private static double shown(ListLog log, String field, int item) {
    Entities all = log.items();
    return all.values(
            all.fields().stream().filter(f -> f.name().equals(field)).findFirst().orElseThrow())[
        item];
  }
}
