package org.eglr.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.ListScore;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.junit.jupiter.api.Test;

/** Diversity of items with several values each, against all ordered lists of small pools. */
class AlphaNdcgTest {

  private static final int VALUES = 6;

  /** Candidates with or without each of the values. */
  private static Request request(boolean[][] has, int length) {
    List<Scaling> flags =
        IntStream.range(0, VALUES).mapToObj(v -> new Scaling("genre_" + v, 0.5, 0.5)).toList();
    Schema schema =
        new Schema(
            List.of(new Vocabulary("age", List.of("young"))),
            List.of(),
            List.of(new Vocabulary("kind", List.of("a"))),
            flags);
    float[] numbers = new float[has.length * VALUES];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = flags.get(i % VALUES).apply(has[i / VALUES][i % VALUES] ? 1 : 0);
    }
    String[] labels =
        IntStream.range(0, has.length).mapToObj(i -> "item " + i).toArray(String[]::new);
    return new Request(
        schema,
        new int[] {1},
        new float[0],
        new int[has.length],
        numbers,
        has.length,
        length,
        labels);
  }

  private static double reward(Request request, int... order) {
    ListScore score = new ListScore(new double[order.length], 0);
    return Reward.diversity("genre").of(new RewardedList(request, order, score, Optional::empty));
  }

  /** Clarke et al.'s alpha-DCG with alpha = 0.5. */
  private static double alphaDcg(boolean[][] has, List<Integer> order) {
    double sum = 0;
    for (int k = 0; k < order.size(); k++) {
      for (int v = 0; v < VALUES; v++) {
        int value = v;
        long before = order.subList(0, k).stream().filter(i -> has[i][value]).count();
        double gain = has[order.get(k)][v] ? Math.pow(0.5, before) : 0;
        sum += gain / (Math.log(k + 2) / Math.log(2));
      }
    }
    return sum;
  }

  /** The list that is made by adding what gains most, the first of equals. */
  private static List<Integer> greedy(boolean[][] has, int length) {
    List<Integer> list = new ArrayList<>();
    while (list.size() < length) {
      int best = -1;
      double most = -1;
      for (int i = 0; i < has.length; i++) {
        List<Integer> longer = new ArrayList<>(list);
        longer.add(i);
        double sum = alphaDcg(has, longer);
        if (!list.contains(i) && sum > most + 1e-12) {
          most = sum;
          best = i;
        }
      }
      list.add(best);
    }
    return list;
  }

  private static void lists(List<Integer> begun, int pool, int length, List<List<Integer>> into) {
    if (begun.size() == length) {
      into.add(begun);
      return;
    }
    for (int i = 0; i < pool; i++) {
      if (!begun.contains(i)) {
        List<Integer> more = new ArrayList<>(begun);
        more.add(i);
        lists(more, pool, length, into);
      }
    }
  }

  /** Of 400 random pools, a few have a list that the greedy one is not quite as good as. */
  @Test
  void the_ideal_is_the_greedy_list_of_the_same_pool_and_almost_the_best() {
    SplittableRandom random = new SplittableRandom(1);
    double highest = 0;
    int above = 0;
    int all = 0;
    for (int round = 0; round < 400; round++) {
      int pool = 2 + random.nextInt(5);
      int length = 1 + random.nextInt(pool);
      boolean[][] has = new boolean[pool][VALUES];
      for (boolean[] item : has) {
        for (int v = 0; v < VALUES; v++) {
          item[v] = random.nextDouble() < 0.3;
        }
      }
      double ideal = alphaDcg(has, greedy(has, length));
      if (ideal == 0) {
        continue;
      }
      Request request = request(has, length);
      List<List<Integer>> lists = new ArrayList<>();
      lists(List.of(), pool, length, lists);
      double best = 0;
      for (List<Integer> list : lists) {
        int[] order = list.stream().mapToInt(i -> i).toArray();
        double actual = reward(request, order);
        assertEquals(alphaDcg(has, list) / ideal, actual, 1e-9, list.toString());
        best = Math.max(best, actual);
        above += actual > 1 + 1e-9 ? 1 : 0;
      }
      all += lists.size();
      assertTrue(best >= 1 - 1e-9, "the greedy list itself");
      highest = Math.max(highest, best);
    }
    assertTrue(above > 0 && above < 0.01 * all, above + " of " + all);
    assertTrue(highest > 1 && highest < 1.1, "highest " + highest);
  }

  /** The first of equals may be the wrong one: two others together have all values. */
  @Test
  void a_list_may_be_better_than_the_greedy_one() {
    boolean[][] has = new boolean[3][VALUES];
    has[0][0] = has[0][1] = true;
    has[1][0] = has[1][2] = true;
    has[2][1] = has[2][3] = true;
    double second = Math.log(2) / Math.log(3);
    Request request = request(has, 2);
    assertEquals(1, reward(request, 0, 1), 1e-12);
    assertEquals((2 + 2 * second) / (2 + 1.5 * second), reward(request, 1, 2), 1e-12);
  }

  /** What is possible in a pool is the measure there, whatever other pools have. */
  @Test
  void the_ideal_is_of_the_request_itself() {
    boolean[][] alike = new boolean[3][VALUES];
    boolean[][] different = new boolean[3][VALUES];
    for (int i = 0; i < 3; i++) {
      alike[i][0] = true;
      different[i][i] = true;
    }
    assertEquals(1, reward(request(alike, 2), 2, 0), 1e-12);
    assertEquals(1, reward(request(different, 2), 2, 0), 1e-12);
    assertEquals(1, reward(request(new boolean[3][VALUES], 2), 2, 0), "no item has a value");
    boolean[][] one = new boolean[3][VALUES];
    Arrays.fill(one[1], true);
    assertEquals(0, reward(request(one, 2), 2, 0), "the list has none, another would");
  }
}
