package org.eglr.data.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eglr.data.ListLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbourClickModelTest {

  @ParameterizedTest
  @CsvSource({
    "ad, 0, 0",
    "ad, 0.6, 1",
    "ad, 3, 5",
    "kuairand, 0.3, 1",
    "misleading, 1, 2",
    "alike, 1, 5",
    "prices, 1, 5",
    "together, 1, 5"
  })
  void probabilitiesLieStrictlyBetweenZeroAndOne(String preset, double bias, double effects) {
    for (long seed = 0; seed < 20; seed++) {
      ListLog log =
          Simulator.preset(preset)
              .positionBias(bias)
              .neighbourEffects(effects)
              .lists(1)
              .seed(seed)
              .log();
      SplittableRandom random = new SplittableRandom(seed);
      for (int n = 1; n <= 30; n++) {
        int[] list = Worlds.items(log, n, random);
        double[] p = Worlds.truth(log).clickProbabilities(random.nextInt(1_000), list);
        assertEquals(n, p.length);
        for (double probability : p) {
          assertTrue(probability > 0 && probability < 1, preset + " gave " + probability);
        }
      }
    }
  }

  /**
   * Effects of pairs are read off lists of two; the formula is then applied by hand to long ones.
   */
  @ParameterizedTest
  @ValueSource(strings = {"ad", "kuairand", "misleading"})
  void longListsFollowTheDocumentedFormula(String preset) {
    double bias = 0.7;
    double strength = 1.3;
    for (long seed = 0; seed < 10; seed++) {
      ListLog log =
          Simulator.preset(preset)
              .positionBias(bias)
              .neighbourEffects(strength)
              .lists(1)
              .seed(seed)
              .log();
      NeighbourClickModel model = Worlds.truth(log);
      SplittableRandom random = new SplittableRandom(seed);
      int user = random.nextInt(log.users().size());
      int[] items = Worlds.items(log, 12, random);
      double[] actual = model.clickProbabilities(user, items);
      double clicks = 0;
      double dcg = 0;
      for (int k = 0; k < items.length; k++) {
        double odds = model.attraction(user, items[k]);
        for (int j = 0; j < items.length; j++) {
          if (j != k) {
            odds +=
                strength
                    * Math.pow(0.5, Math.abs(k - j) - 1)
                    * pairEffect(model, strength, items[k], items[j]);
          }
        }
        double expected = Math.pow(k + 1, -bias) / (1 + Math.exp(-odds));
        assertEquals(expected, actual[k], 1e-12);
        clicks += expected;
        dcg += expected / (Math.log(k + 2) / Math.log(2));
      }
      assertEquals(clicks, model.expectedClicks(user, items), 1e-12);
      assertEquals(dcg, model.expectedDcg(user, items), 1e-12);
    }
  }

  @Test
  void sameCategoriesHarmAndEveryCategoryHasTwoThatHelp() {
    for (long seed = 0; seed < 20; seed++) {
      ListLog log = Simulator.adLike().lists(1).seed(seed).log();
      NeighbourClickModel model = Worlds.truth(log);
      TreeMap<String, TreeSet<String>> helpers = new TreeMap<>();
      for (int i = 0; i < 100; i++) {
        for (int j = 0; j < 100; j++) {
          if (i == j) {
            continue;
          }
          String category = Worlds.category(log, i);
          String other = Worlds.category(log, j);
          double effect = pairEffect(model, 1, i, j);
          if (category.equals(other)) {
            assertEquals(-1, effect, 1e-9);
          } else if (Math.abs(effect) > 1e-9) {
            assertEquals(0.5, effect, 1e-9);
            helpers.computeIfAbsent(category, c -> new TreeSet<>()).add(other);
          }
        }
      }
      assertEquals(10, helpers.size());
      helpers.forEach(
          (category, others) -> {
            assertEquals(2, others.size());
            others.forEach(other -> assertTrue(helpers.get(other).contains(category)));
          });
    }
  }

  @Test
  void withoutPositionBiasAListAndItsMirrorImageAreAlike() {
    for (long seed = 0; seed < 20; seed++) {
      ListLog log = Simulator.kuaiRandLike().positionBias(0).lists(1).seed(seed).log();
      int[] list = Worlds.items(log, 9, new SplittableRandom(seed));
      double[] p = Worlds.truth(log).clickProbabilities(0, list);
      double[] mirrored = Worlds.truth(log).clickProbabilities(0, reversed(list));
      for (int k = 0; k < list.length; k++) {
        assertEquals(p[k], mirrored[list.length - 1 - k], 1e-12);
      }
    }
  }

  @Test
  void withoutBiasAndEffectsOrderAndCompanyDoNotMatter() {
    for (long seed = 0; seed < 20; seed++) {
      ListLog log =
          Simulator.adLike().positionBias(0).neighbourEffects(0).lists(1).seed(seed).log();
      NeighbourClickModel model = Worlds.truth(log);
      int[] list = Worlds.items(log, 8, new SplittableRandom(seed));
      double[] p = model.clickProbabilities(5, list);
      for (int k = 0; k < list.length; k++) {
        assertArrayEquals(
            new double[] {p[k]}, model.clickProbabilities(5, new int[] {list[k]}), 1e-15);
      }
    }
  }

  @Test
  void namesWhatIsWrongWithAList() {
    ListLog log = Simulator.adLike().users(3).items(20).lists(1).log();
    NeighbourClickModel model = Worlds.truth(log);
    assertMessage("user row 3; there are 3 users", () -> model.clickProbabilities(3, new int[2]));
    assertMessage("user row -1; there are 3 users", () -> model.attraction(-1, 0));
    assertMessage("item row 20; there are 20 items", () -> model.attraction(0, 20));
    assertMessage(
        "item row -2; there are 20 items", () -> model.expectedClicks(0, new int[] {0, -2}));
    assertMessage(
        "item row 4 stands at positions 1 and 3 of the list",
        () -> model.expectedDcg(0, new int[] {4, 5, 4}));
  }

  /** The effect on the first of two items, from the probability at the position all examine. */
  private static double pairEffect(
      NeighbourClickModel model, double strength, int item, int other) {
    double p = model.clickProbabilities(0, new int[] {item, other})[0];
    return (Math.log(p / (1 - p)) - model.attraction(0, item)) / strength;
  }

  private static int[] reversed(int[] list) {
    int[] reversed = new int[list.length];
    for (int k = 0; k < list.length; k++) {
      reversed[k] = list[list.length - 1 - k];
    }
    return reversed;
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
