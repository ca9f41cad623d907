package org.eglr.data.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.data.ListLog;
import org.junit.jupiter.api.Test;

/** Whether a list is more than its items: brute force over all orders of small pools. */
class BestListTest {

  private static final int POOLS = 60;

  @Test
  void theBestListIsNotTheOneSortedByAttraction() {
    int better = 0;
    double gain = 0;
    for (int seed = 0; seed < POOLS; seed++) {
      Orders orders = orders(Simulator.adLike(), seed);
      better += orders.best > orders.sorted + 1e-9 ? 1 : 0;
      gain += orders.best / orders.sorted - 1;
    }
    assertTrue(better > 0.8 * POOLS, "the best list is another one in only " + better + " pools");
    assertTrue(gain / POOLS > 0.03, "mean gain in DCG " + gain / POOLS);
  }

  @Test
  void withoutNeighbourEffectsItIs() {
    for (int seed = 0; seed < POOLS; seed++) {
      Orders orders = orders(Simulator.adLike().neighbourEffects(0), seed);
      assertEquals(orders.best, orders.sorted, 1e-12);
    }
  }

  private record Orders(double sorted, double best) {}

  private static Orders orders(Simulator simulator, int seed) {
    ListLog log = simulator.lists(1).seed(seed).log();
    NeighbourClickModel model = Worlds.truth(log);
    SplittableRandom random = new SplittableRandom(seed);
    int user = random.nextInt(log.users().size());
    int[] pool = Worlds.items(log, 6, random);
    int[] sorted =
        IntStream.of(pool)
            .boxed()
            .sorted(Comparator.comparingDouble(item -> -model.attraction(user, item)))
            .mapToInt(Integer::intValue)
            .toArray();
    double best =
        Worlds.permutations(pool).stream()
            .mapToDouble(order -> model.expectedDcg(user, order))
            .max()
            .orElseThrow();
    return new Orders(model.expectedDcg(user, sorted), best);
  }
}
