package org.eglr.data.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented effects of the two worlds of another form, from the fields that a log shows. */
class OtherWorldsTest {

  private static final double ROUNDED = 5e-3; // prices and ratings have two digits

  @ParameterizedTest
  @ValueSource(strings = {"alike", "prices"})
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
      double[] p = model.clickProbabilities(user, items);
      for (int k = 0; k < items.length; k++) {
        double effect = (Math.log(p[k] / (1 - p[k])) - model.attraction(user, items[k])) / strength;
        double expected =
            preset.equals("alike") ? likeBefore(log, items, k) : tiredAndAnchored(log, items, k);
        assertEquals(expected, effect, ROUNDED, preset + ", seed " + seed + ", position " + k);
      }
    }
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
