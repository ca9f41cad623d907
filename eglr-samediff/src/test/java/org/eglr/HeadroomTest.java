package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.Headroom;
import org.eglr.metrics.LogSupport;
import org.eglr.metrics.Metric;
import org.eglr.metrics.OffLog;
import org.eglr.metrics.Report;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadroomTest {

  private static final Splits DATA =
      Simulator.adLike()
          .lists(400)
          .users(60)
          .listLength(4)
          .pool(7)
          .seed(2)
          .log()
          .split(0.6, 0.2, 0.2);

  private static Evaluator evaluator;
  private static Eglr eglr;

  @BeforeAll
  static void train() {
    evaluator =
        Evaluator.builder(DATA.schema()).width(16).heads(2).evaluatorLayers(1).seed(3).build();
    evaluator.train(DATA, t -> t.epochs(2).batchSize(40));
    eglr = Eglr.builder(DATA.schema()).evaluator(evaluator).build();
    eglr.trainGenerator(DATA, t -> t.steps(3).batchSize(8).groupSize(3));
  }

  @Test
  void has_the_numbers_of_independent_measurements() {
    Headroom room = evaluator.headroom(DATA.test(), o -> o.include(eglr).beam(3).samples(5));
    List<Report> rows = room.comparison().reports();
    assertEquals(
        List.of(
            "sorted alone",
            "greedy",
            "beam 3",
            "best of 5 drawn",
            "EGLR",
            "EGLR, best of beam 3",
            "local search",
            "local search on the truth"),
        rows.stream().map(Report::model).toList());
    Report sorted = Rerankers.sortedAlone(evaluator).evaluate(DATA.test());
    for (String metric : List.of(Headroom.SCORE, Headroom.TRUTH, "NDCG@5")) {
      assertArrayEquals(sorted.perList(metric), rows.get(0).perList(metric), 1e-6, metric);
    }
    double[] local = rows.get(6).perList(Headroom.SCORE);
    for (int row = 0; row < 6; row++) {
      double[] other = rows.get(row).perList(Headroom.SCORE);
      for (int list = 0; list < local.length; list++) {
        assertTrue(local[list] >= other[list] - 1e-5, rows.get(row).model() + ", list " + list);
      }
    }
    double[] truth = rows.get(7).perList(Headroom.TRUTH);
    double[] sortedTruth = rows.get(0).perList(Headroom.TRUTH);
    for (int list = 0; list < truth.length; list++) {
      assertTrue(truth[list] >= sortedTruth[list]);
    }
    assertEquals(8, room.toTable().rowCount());
    assertEquals(9, room.toTable().columnCount());
    assertTrue(room.toString().contains("best of 5 drawn"), room.toString());
    assertTrue(room.toString().endsWith(room.verdict()), room.toString());
    assertEquals(
        evaluator.measure(DATA.test(), 8, 7).toString(), room.evaluator().toString(), "all lists");
    assertTrue(room.toString().contains(room.evaluator().toString()), room.toString());
  }

  /**
   * The misleading log never shows two thirds of its pools' items, and the evaluator likes them as
   * much as others; the other log shows all, all over the list.
   */
  @ParameterizedTest
  @CsvSource({"misleading, true", "ad, false", "kuairand, false"})
  void warns_from_the_log_alone(String preset, boolean warns) {
    Simulator simulator =
        switch (preset) {
          case "misleading" -> Simulator.misleading().items(120).listLength(5).pool(15);
          case "ad" -> Simulator.adLike().items(120).listLength(5);
          default -> Simulator.kuaiRandLike().items(120).listLength(5);
        };
    Splits data = simulator.lists(1500).users(100).seed(1).log().split(0.9, 0, 0.1);
    Evaluator judge =
        Evaluator.builder(data.schema()).width(8).heads(2).evaluatorLayers(1).seed(1).build();
    judge.train(data.train(), t -> t.epochs(2));
    ListSet lists = data.test().range(0, 40);
    Headroom room = judge.headroom(lists, o -> o.beam(1).samples(0).log(data.train()));
    assertEquals(warns, room.warning().isPresent(), room.toString());
    OffLog logged = OffLog.of(LogSupport.of(data.train()), lists, asLogged(lists));
    assertEquals(logged, room.support().orElseThrow().logged());
    OffLog found = room.support().orElseThrow().found();
    String share = String.format(Locale.ROOT, "%.1f %% have items that", 100 * found.unseen());
    assertEquals(warns, room.toString().contains("Warning: the best lists found leave the log"));
    assertEquals(warns, room.toString().contains(share), room.toString());
    assertTrue(judge.headroom(lists, o -> o.beam(1).samples(0)).warning().isEmpty());
  }

  private static List<int[]> asLogged(ListSet lists) {
    List<int[]> orders = new ArrayList<>();
    for (int list = 0; list < lists.size(); list++) {
      orders.add(java.util.stream.IntStream.range(0, lists.length(list)).toArray());
    }
    return orders;
  }

  /** Percent and its error, by users written out: the error of a ratio of means. */
  @Test
  void percent_is_paired_and_its_error_over_users() {
    ListSet lists = DATA.test();
    Headroom room = evaluator.headroom(lists, o -> o.lists(1000).beam(1).samples(0));
    double[] x = room.comparison().reports().get(2).perList(Headroom.SCORE);
    double[] base = room.comparison().reports().get(0).perList(Headroom.SCORE);
    double sumX = 0;
    double sumBase = 0;
    for (int i = 0; i < x.length; i++) {
      sumX += x[i];
      sumBase += base[i];
    }
    Map<Integer, Double> residuals = new HashMap<>();
    for (int i = 0; i < x.length; i++) {
      double residual = x[i] - sumX / sumBase * base[i];
      residuals.merge(lists.log().user(lists.logIndex(i)), residual, Double::sum);
    }
    double squares = residuals.values().stream().mapToDouble(r -> r * r).sum();
    int users = residuals.size();
    assertTrue(users < x.length);
    Metric percent = room.percent("local search", Headroom.SCORE);
    assertEquals(100 * (sumX / sumBase - 1), percent.value(), 1e-9);
    assertEquals(
        100 * Math.sqrt(squares * users / (users - 1)) / sumBase, percent.standardError(), 1e-9);
    var error = assertThrows(IllegalArgumentException.class, () -> room.percent("x", "true DCG"));
    assertEquals(
        "no system 'x'; there are [sorted alone, greedy, local search, local search on the truth]",
        error.getMessage());
  }

  @Test
  void a_stop_leaves_the_lists_that_are_complete() {
    List<Double> shares = new ArrayList<>();
    Headroom room =
        evaluator.headroom(
            DATA.test(),
            o ->
                o.samples(0)
                    .progress(
                        (share, left, what) -> {
                          shares.add(share);
                          Thread.currentThread().interrupt();
                        }));
    assertFalse(Thread.interrupted(), "the stop was answered");
    assertEquals(1, shares.size());
    int measured = room.comparison().reports().get(0).lists();
    assertTrue(measured > 0 && measured < DATA.test().size(), measured + " lists");
    assertEquals(shares.get(0), measured / (double) DATA.test().size());
    Thread.currentThread().interrupt();
    var stopped =
        assertThrows(CancellationException.class, () -> evaluator.headroom(DATA.test(), o -> o));
    assertTrue(stopped.getMessage().startsWith("headroom was stopped before"));
  }

  @Test
  void refuses_what_it_cannot_do() {
    Evaluator untrained = Evaluator.builder(DATA.schema()).width(8).heads(2).build();
    assertTrue(
        assertThrows(IllegalStateException.class, () -> untrained.headroom(DATA.test()))
            .getMessage()
            .startsWith("the evaluator is not trained"));
    assertEquals(
        "setting 'beam' is 0; allowed: 1 to 1000",
        assertThrows(
                IllegalArgumentException.class,
                () -> evaluator.headroom(DATA.test(), o -> o.beam(0)))
            .getMessage());
    assertThrows(
        org.eglr.data.DataException.class, () -> evaluator.headroom(DATA.test().range(0, 0)));
  }
}
