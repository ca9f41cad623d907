package org.eglr.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.sim.Simulator;
import org.junit.jupiter.api.Test;

/** Errors over users, paired differences, values of each list. */
class ClusteredErrorsTest {

  private static final ListLog SOME = Simulator.adLike().lists(20).listLength(4).seed(2).log();

  /**
   * @param users of each list
   * @param clicks of each list's four items
   */
  private static ListSet lists(int[] users, boolean[][] clicks) {
    ListLog.Builder log = ListLog.builder("clusters", SOME.users(), SOME.items());
    int[] pool = IntStream.range(0, 4).map(i -> SOME.candidate(0, i)).toArray();
    log.add(0, 0, pool, new boolean[4]);
    for (int list = 0; list < users.length; list++) {
      log.add(users[list], list, pool, clicks[list]);
    }
    return log.build()
        .split(new int[] {0}, new int[0], IntStream.rangeClosed(1, users.length).toArray())
        .test();
  }

  private static Report report(ListSet lists, int... order) {
    List<int[]> orders = new ArrayList<>();
    for (int list = 0; list < lists.size(); list++) {
      orders.add(order);
    }
    return Evaluation.report("own", lists, orders, new double[0], Optional.empty());
  }

  /** Each user has a taste of his own, so that his lists are alike. */
  private static ListSet alike(int users, int most) {
    SplittableRandom random = new SplittableRandom(4);
    List<Integer> of = new ArrayList<>();
    List<boolean[]> clicks = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      int favourite = random.nextInt(4);
      int count = 1 + random.nextInt(most);
      for (int i = 0; i < count; i++) {
        boolean[] own = new boolean[4];
        own[favourite] = true;
        own[random.nextInt(4)] |= random.nextInt(3) == 0;
        of.add(user);
        clicks.add(own);
      }
    }
    return lists(of.stream().mapToInt(i -> i).toArray(), clicks.toArray(boolean[][]::new));
  }

  /** Redraws users with all their lists: what the formula stands for. */
  private static double bootstrap(ListSet lists, double[] values) {
    int users = 1 + IntStream.range(0, lists.size()).map(l -> user(lists, l)).max().orElseThrow();
    double[] sums = new double[users];
    int[] counts = new int[users];
    for (int list = 0; list < values.length; list++) {
      sums[user(lists, list)] += values[list];
      counts[user(lists, list)]++;
    }
    SplittableRandom random = new SplittableRandom(6);
    double[] means = new double[4000];
    for (int draw = 0; draw < means.length; draw++) {
      double sum = 0;
      int count = 0;
      for (int u = 0; u < users; u++) {
        int drawn = random.nextInt(users);
        sum += sums[drawn];
        count += counts[drawn];
      }
      means[draw] = sum / count;
    }
    return deviation(means);
  }

  private static int user(ListSet lists, int list) {
    return lists.log().user(lists.logIndex(list));
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  private static Metric metric(Report report, String name) {
    return report.metrics().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void errors_are_those_of_users_redrawn_with_all_their_lists() {
    ListSet lists = alike(SOME.users().size(), 8);
    Report report = report(lists, 0, 1, 2, 3);
    for (String name : List.of("NDCG@5", "MAP@10")) {
      double[] values = report.perList(name);
      double error = metric(report, name).standardError();
      assertEquals(bootstrap(lists, values), error, 0.06 * error, name);
      double naive = deviation(values) / Math.sqrt(values.length);
      assertTrue(error > 1.5 * naive, error + " over users, over lists " + naive);
    }
  }

  @Test
  void with_one_list_a_user_they_are_the_usual_ones() {
    ListSet lists = alike(SOME.users().size(), 1);
    Report report = report(lists, 0, 1, 2, 3);
    double[] values = report.perList("NDCG@5");
    assertEquals(
        deviation(values) / Math.sqrt(values.length),
        metric(report, "NDCG@5").standardError(),
        1e-12);
  }

  @Test
  void differences_are_paired_list_by_list() {
    ListSet lists = alike(SOME.users().size(), 5);
    Report first = report(lists, 0, 1, 2, 3);
    Report second = report(lists, 1, 0, 2, 3);
    Comparison comparison = new Comparison(List.of(first, second));
    Metric difference = comparison.difference(1, "NDCG@5").orElseThrow();
    double[] a = second.perList("NDCG@5");
    double[] b = first.perList("NDCG@5");
    double[] pairs = IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
    assertEquals(second.value("NDCG@5") - first.value("NDCG@5"), difference.value(), 1e-12);
    double error = difference.standardError();
    assertEquals(bootstrap(lists, pairs), error, 0.06 * error);
    assertEquals(0, comparison.difference(0, "NDCG@5").orElseThrow().standardError());
    assertEquals(first.metrics().size(), comparison.differences().rowCount());
    assertEquals(
        List.of("model", "metric", "difference to own", "± s.e."),
        comparison.differences().columnNames());
  }

  @Test
  void other_lists_have_no_difference() {
    Report first = report(alike(SOME.users().size(), 5), 0, 1, 2, 3);
    Report other = report(alike(SOME.users().size(), 4), 0, 1, 2, 3);
    Report means = new Report("means", 3, first.metrics(), Optional.empty());
    assertTrue(new Comparison(List.of(first, other)).difference(1, "NDCG@5").isEmpty());
    assertTrue(new Comparison(List.of(first, means)).difference(1, "NDCG@5").isEmpty());
    assertTrue(new Comparison(List.of(first, first)).difference(1, "MRR").isEmpty());
    assertEquals(0, new Comparison(List.of(first, other)).differences().rowCount());
  }

  @Test
  void reports_say_what_they_were_taken_from() {
    boolean[] none = new boolean[4];
    boolean[] all = {true, true, true, true};
    boolean[] one = {false, true, false, false};
    ListSet lists = lists(new int[] {3, 3, 5, 1, 1}, new boolean[][] {none, all, one, none, one});
    Report report = report(lists, 0, 1, 2, 3);
    assertEquals(Optional.of(new ListCounts(5, 3, 2, 1)), report.counts());
    double second = Math.log(2) / Math.log(3);
    assertArrayEquals(new double[] {0, 1, second, 0, second}, report.perList("NDCG@10"), 1e-12);
    assertEquals((1 + 2 * second) / 5, report.value("NDCG@10"), 1e-12);
    assertTrue(
        report
            .toString()
            .startsWith(
                "own on 5 lists of 3 users, 2 without a click (they count 0), 1 all clicks (they"
                    + " count 1): MAP@5 0.4000 ± "),
        report.toString());
    assertEquals("other", report.named("other").model());
    assertArrayEquals(report.perList("MAP@5"), report.named("other").perList("MAP@5"));
  }

  @Test
  void values_that_are_not_there_are_refused() {
    Report report = report(alike(5, 2), 0, 1, 2, 3);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> report.perList("MRR"))
            .getMessage()
            .startsWith("no metric 'MRR'; there are [MAP@5"));
    Report means = new Report("means", 3, report.metrics(), Optional.empty());
    assertEquals(
        "the report has means alone, no values of each list",
        assertThrows(IllegalStateException.class, () -> means.perList("MAP@5")).getMessage());
  }
}
