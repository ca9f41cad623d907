package org.eglr.internal.headroom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.junit.jupiter.api.Test;

/**
 * The searches against all lists that there are, under random scores with effects of neighbours.
 */
class SystemsTest {

  private static final int POOL = 6;
  private static final int LENGTH = 3;
  private static final int REQUESTS = 40;

  private static final Splits DATA =
      Simulator.adLike().lists(100).listLength(LENGTH).pool(POOL).log().split(0.6, 0.2, 0.2);

  private static final List<Request> ALL =
      IntStream.range(0, REQUESTS).mapToObj(DATA.train()::request).toList();

  /** A value of each item and of each pair of neighbours, of each request its own. */
  private static final class PairJudge implements ListJudge {

    private final double[][] own = new double[REQUESTS][POOL];
    private final double[][][] pairs = new double[REQUESTS][POOL][POOL];

    PairJudge(long seed, double effects) {
      Random random = new Random(seed);
      for (int r = 0; r < REQUESTS; r++) {
        for (int i = 0; i < POOL; i++) {
          own[r][i] = random.nextDouble();
          for (int j = 0; j < POOL; j++) {
            pairs[r][i][j] = effects * random.nextGaussian();
          }
        }
      }
    }

    double of(int r, int[] order) {
      double sum = 0;
      for (int k = 0; k < order.length; k++) {
        double value = own[r][order[k]] + (k > 0 ? pairs[r][order[k - 1]][order[k]] : 0);
        sum += value / (k + 1);
      }
      return sum;
    }

    @Override
    public double[] score(List<Proposal> lists) {
      return lists.stream().mapToDouble(p -> of(p.request(), p.order())).toArray();
    }
  }

  private static List<int[]> all(int length) {
    List<int[]> lists = List.of(new int[0]);
    for (int k = 0; k < length; k++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] list : lists) {
        for (int i : Orders.others(list, POOL)) {
          longer.add(Orders.append(list, i));
        }
      }
      lists = longer;
    }
    return lists;
  }

  private static Map<String, List<int[]>> lists(PairJudge judge, Systems systems) {
    List<double[]> alone =
        IntStream.range(0, REQUESTS)
            .mapToObj(r -> IntStream.range(0, POOL).mapToDouble(i -> judge.own[r][i]).toArray())
            .toList();
    return systems.lists(ALL, alone, Map.of(), 0, judge);
  }

  @Test
  void no_system_is_above_local_search_and_no_single_change_improves_its_lists() {
    PairJudge judge = new PairJudge(1, 0.7);
    Map<String, List<int[]>> made = lists(judge, new Systems(4, 8, 3));
    assertEquals(
        List.of("sorted alone", "greedy", "beam 4", "best of 8 drawn", "local search"),
        List.copyOf(made.keySet()));
    int reached = 0;
    for (int r = 0; r < REQUESTS; r++) {
      int[] found = made.get(Systems.LOCAL).get(r);
      double score = judge.of(r, found);
      for (List<int[]> lists : made.values()) {
        assertEquals(LENGTH, IntStream.of(lists.get(r)).distinct().count());
        assertTrue(judge.of(r, lists.get(r)) <= score);
      }
      double best = Double.NEGATIVE_INFINITY;
      for (int[] other : all(LENGTH)) {
        best = Math.max(best, judge.of(r, other));
        if (isOneChange(found, other)) {
          assertTrue(judge.of(r, other) <= score + 1e-6, "request " + r);
        }
      }
      reached += score >= best - 1e-6 ? 1 : 0;
    }
    assertTrue(reached >= REQUESTS * 3 / 4, reached + " of " + REQUESTS + " are the best of all");
  }

  /** One position replaced, or two swapped. */
  private static boolean isOneChange(int[] a, int[] b) {
    int[] differing = IntStream.range(0, LENGTH).filter(k -> a[k] != b[k]).toArray();
    return differing.length == 1
        || differing.length == 2
            && a[differing[0]] == b[differing[1]]
            && a[differing[1]] == b[differing[0]];
  }

  /** With all beginnings kept, beam search looks at all lists. */
  @Test
  void a_wide_beam_finds_the_best_of_all_lists() {
    PairJudge judge = new PairJudge(2, 1);
    List<int[]> found = new PrefixBeam(1000).search(ALL, judge);
    for (int r = 0; r < REQUESTS; r++) {
      int request = r;
      double best =
          all(LENGTH).stream().mapToDouble(list -> judge.of(request, list)).max().orElseThrow();
      assertEquals(best, judge.of(r, found.get(r)), 1e-12);
    }
  }

  @Test
  void greedy_appends_what_raises_the_beginning_most() {
    PairJudge judge = new PairJudge(3, 1);
    List<int[]> found = new PrefixBeam(1).search(ALL, judge);
    for (int r = 0; r < REQUESTS; r++) {
      int[] prefix = new int[0];
      for (int k = 0; k < LENGTH; k++) {
        int[] best = null;
        for (int i : Orders.others(prefix, POOL)) {
          int[] longer = Orders.append(prefix, i);
          best = best == null || judge.of(r, longer) > judge.of(r, best) ? longer : best;
        }
        prefix = best;
      }
      assertArrayEquals(prefix, found.get(r));
    }
  }

  /** Without effects of neighbours nothing is above sorting. */
  @Test
  void without_effects_sorting_cannot_be_improved() {
    PairJudge judge = new PairJudge(4, 0);
    Map<String, List<int[]>> made = lists(judge, new Systems(8, 4, 3));
    for (int r = 0; r < REQUESTS; r++) {
      assertArrayEquals(made.get(Systems.SORTED).get(r), made.get(Systems.LOCAL).get(r));
      assertArrayEquals(made.get(Systems.SORTED).get(r), made.get("greedy").get(r));
    }
  }

  @Test
  void draws_follow_the_odds_and_the_best_is_taken() {
    int draws = 3000;
    int[] first = new int[1];
    int[] seen = new int[1];
    ListJudge judge =
        lists -> {
          lists.forEach(p -> first[0] += p.order()[0] == 2 ? 1 : 0);
          seen[0] += lists.size();
          return lists.stream().mapToDouble(p -> p.order()[0] == 5 ? 1 : 0).toArray();
        };
    double[] alone = {.5, .5, .75, .5, .5, .5}; // odds 1 1 3 1 1 1
    List<int[]> best =
        new RandomLists(1).best(List.of(ALL.get(0)), List.of(alone), draws, 0, judge);
    assertEquals(5, best.get(0)[0]);
    assertEquals(draws, seen[0]);
    assertEquals(3.0 / 8, first[0] / (double) draws, 4 * Math.sqrt(3.0 / 8 * 5 / 8 / draws));
  }
}
