package org.eglr.metrics;

import static org.eglr.metrics.OffPolicyModel.POSITION;
import static org.eglr.metrics.OffPolicyModel.PREFIX;
import static org.eglr.metrics.OffPolicyModel.WHOLE_LIST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eglr.data.DataException;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.sim.Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Off-policy estimates against numbers by hand and against the truth of simulated logs. */
class OffPolicyTest {

  /** Of a request the candidates by their labels, the first leading. */
  private static int[] byLabel(Request request) {
    return IntStream.range(0, request.pool())
        .boxed()
        .sorted(Comparator.comparing(i -> request.labels()[i]))
        .limit(request.length())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static ListLog.Builder log(int users) {
    String[] keys = IntStream.range(0, users).mapToObj(u -> "u" + u).toArray(String[]::new);
    return ListLog.builder(
        "by hand",
        Entities.of("users", keys).categorical("user", keys).build(),
        Entities.of("items", new String[] {"a", "b", "c"})
            .categorical("item", new String[] {"a", "b", "c"})
            .build());
  }

  private static ListSet all(ListLog log) {
    return log.split(1, 0, 0).train();
  }

  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  /** Every list of two of three items once: estimates are means of the lists that agree. */
  @Test
  void byHand() {
    ListLog.Builder log = log(6);
    boolean[][] clicks = {
      {true, true}, {false, true}, {false, true}, {true, true}, {false, false}, {true, false}
    };
    for (int list = 0; list < ORDERS.length; list++) {
      log.add(list, list, ORDERS[list], clicks[list]);
    }
    OffPolicyReport report =
        OffPolicy.of(all(log.build()), Propensities.uniform())
            .estimate("a, b", OffPolicyTest::byLabel);
    // The list a, b was shown once, with two clicks. At position 1, a was shown twice and clicked
    // once. At position 2, b was shown in the lists a, b and c, b: clicked once.
    for (boolean normalised : new boolean[] {false, true}) {
      assertEquals(2, report.estimate(WHOLE_LIST, normalised).value(), 1e-12);
      assertEquals(0.5 + 1, report.estimate(PREFIX, normalised).value(), 1e-12);
      assertEquals(0.5 + 0.5, report.estimate(POSITION, normalised).value(), 1e-12);
    }
    assertEquals(1, report.estimate(WHOLE_LIST, true).effective(), 1e-12);
    assertEquals(1, report.estimate(PREFIX, true).effective(), 1e-12);
    assertEquals(2, report.estimate(POSITION, true).effective(), 1e-12);
    assertEquals(7 / 6.0, report.logged().value(), 1e-12);
    assertEquals("clicks", report.measured());
    assertEquals(7, report.toTable().rowCount());
    OffPolicyReport dcg =
        OffPolicy.of(all(log.build()), Propensities.uniform())
            .dcg()
            .estimate("a, b", OffPolicyTest::byLabel);
    double second = Math.log(2) / Math.log(3);
    assertEquals(0.5 + 0.5 * second, dcg.estimate(POSITION, false).value(), 1e-12);
    // IPS's error: values 6 of the first list, 3 * (0 and 1) of those with a at position 1, ...
    double[] values = {6, 0, 0, 0, 0, 0};
    values[0] = 3 + 3; // a and b clicked in their places
    assertEquals(
        deviation(values) / Math.sqrt(6), report.estimate(POSITION, false).standardError(), 1e-12);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  /** A policy that is not uniform, in exact proportion: three of four lists are a, b. */
  @Test
  void propensitiesOfOnesOwn() {
    ListLog.Builder log = log(4);
    log.add(0, 0, new int[] {0, 1}, new boolean[] {true, false});
    log.add(1, 1, new int[] {0, 1}, new boolean[] {true, true});
    log.add(2, 2, new int[] {0, 1}, new boolean[] {false, false});
    log.add(3, 3, new int[] {1, 0}, new boolean[] {true, false});
    Propensities mostly =
        new Propensities() {
          @Override
          public double prefix(Request request, int[] order, int length) {
            return request.labels()[order[0]].equals("a") ? 0.75 : 0.25;
          }

          @Override
          public double at(Request request, int candidate, int position) {
            return request.labels()[candidate].equals("a") == (position == 0) ? 0.75 : 0.25;
          }
        };
    for (OffPolicyModel model : OffPolicyModel.values()) {
      OffPolicy policy = OffPolicy.of(all(log.build()), mostly);
      OffPolicyReport ab = policy.estimate("a, b", OffPolicyTest::byLabel);
      OffPolicyReport ba =
          policy.estimate(
              "b, a",
              request -> {
                int[] order = byLabel(request);
                return new int[] {order[1], order[0]};
              });
      assertEquals(1, ab.estimate(model, false).value(), 1e-12, "3 clicks in 3 lists");
      assertEquals(1, ba.estimate(model, false).value(), 1e-12, "1 click in 1 list");
      assertEquals(3, ab.estimate(model, true).effective(), 1e-12);
      assertEquals(1, ba.estimate(model, true).effective(), 1e-12);
      assertEquals(1, ba.estimate(model, true).value(), 1e-12);
    }
  }

  @Test
  void whereNoListAgreesNothingIsKnown() {
    ListLog.Builder log = log(2);
    log.add(0, 0, new int[] {1, 0}, new boolean[] {true, false});
    log.add(1, 1, new int[] {2, 0}, new boolean[] {true, false});
    OffPolicyReport report =
        OffPolicy.of(all(log.build()), Propensities.uniform())
            .estimate("a first", OffPolicyTest::byLabel);
    assertEquals(0, report.estimate(WHOLE_LIST, false).value());
    assertEquals(Double.NaN, report.estimate(WHOLE_LIST, true).value());
    assertEquals(0, report.estimate(WHOLE_LIST, true).effective());
  }

  private static double truth(ListSet lists, int list, int[] order) {
    return Arrays.stream(lists.trueClickProbabilities(list, order).orElseThrow()).sum();
  }

  private static double truth(ListSet lists, Function<Request, int[]> order) {
    double sum = 0;
    for (int list = 0; list < lists.size(); list++) {
      sum += truth(lists, list, order.apply(lists.request(list)));
    }
    return sum / lists.size();
  }

  /** Pools of four, lists of two and three, in random order. */
  private static ListSet simulated(String preset, double effects, int lists, int users) {
    return all(
        Simulator.preset(preset)
            .lists(lists)
            .users(users)
            .items(60)
            .listLength(2, 3)
            .pool(4)
            .exploration(1)
            .neighbourEffects(effects)
            .seed(5)
            .log());
  }

  /** Each estimate meets the truth where a click depends on what its model says. */
  @ParameterizedTest
  @CsvSource({
    "kuairand, 0, WHOLE_LIST",
    "kuairand, 0, PREFIX",
    "kuairand, 0, POSITION",
    "kuairand, 3, WHOLE_LIST",
    "prices, 3, WHOLE_LIST",
    "prices, 3, PREFIX",
  })
  void theTruthIsMet(String preset, double effects, OffPolicyModel model) {
    ListSet lists = simulated(preset, effects, 40_000, 40_000);
    double truth = truth(lists, OffPolicyTest::byLabel);
    OffPolicyReport report =
        OffPolicy.of(lists, Propensities.uniform()).estimate("by label", OffPolicyTest::byLabel);
    for (boolean normalised : new boolean[] {false, true}) {
      OffPolicyEstimate estimate = report.estimate(model, normalised);
      assertEquals(truth, estimate.value(), 3.5 * estimate.standardError());
      assertTrue(estimate.standardError() < 0.05, "it says something: " + estimate);
    }
    assertTrue(
        report.estimate(model, true).standardError()
            < report.estimate(model, false).standardError(),
        "self-normalised is surer");
  }

  /**
   * What an estimate takes for granted matters: here the second item is clicked behind a, and only
   * there, so that the place of b says half of the truth.
   */
  @Test
  void aWrongModelErrs() {
    ListLog.Builder log = log(6);
    for (int list = 0; list < ORDERS.length; list++) {
      log.add(list, list, ORDERS[list], new boolean[] {false, ORDERS[list][0] == 0});
    }
    OffPolicyReport report =
        OffPolicy.of(all(log.build()), Propensities.uniform())
            .estimate("a, b", OffPolicyTest::byLabel);
    assertEquals(1, report.estimate(PREFIX, true).value(), 1e-12);
    assertEquals(0.5, report.estimate(POSITION, true).value(), 1e-12);
  }

  /** The standard errors are the spread of the estimates over logs, whatever users share. */
  @Test
  void errorsAreTheSpreadOverLogs() {
    int size = 500;
    int logs = 200;
    ListSet lists = simulated("kuairand", 1, logs * size, 50);
    List<OffPolicyReport> reports = new ArrayList<>();
    for (int log = 0; log < logs; log++) {
      reports.add(
          OffPolicy.of(lists.range(log * size, (log + 1) * size), Propensities.uniform())
              .estimate("by label", OffPolicyTest::byLabel));
    }
    for (int e = 0; e < reports.get(0).estimates().size(); e++) {
      int estimate = e;
      double[] values =
          reports.stream().mapToDouble(r -> r.estimates().get(estimate).value()).toArray();
      double errors =
          reports.stream()
              .mapToDouble(r -> r.estimates().get(estimate).standardError())
              .average()
              .orElseThrow();
      assertEquals(1, errors / deviation(values), 0.2, "estimate " + estimate);
    }
  }

  private static void assertRefused(String part, Runnable action) {
    String message = assertThrows(DataException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void mistakesAreNamed() {
    ListSet lists = simulated("ad", 0, 20, 20);
    OffPolicy policy = OffPolicy.of(lists, Propensities.uniform());
    assertRefused(
        "needs at least 1 logged list",
        () -> OffPolicy.of(lists.range(0, 0), Propensities.uniform()));
    assertRefused(
        "mine: 1 lists for 20 logged ones; there must be one each",
        () -> policy.estimate("mine", List.of(new int[] {0, 1})));
    assertRefused(
        "mine: list 0 has 4 items, the logged one " + lists.length(0),
        () -> policy.estimate("mine", request -> new int[] {0, 1, 2, 3}));
    Propensities none =
        new Propensities() {
          @Override
          public double prefix(Request request, int[] order, int length) {
            return 0;
          }

          @Override
          public double at(Request request, int candidate, int position) {
            return 0;
          }
        };
    assertRefused(
        "the propensity of what list 0 showed is 0.0; it must be above 0",
        () ->
            OffPolicy.of(lists, none)
                .estimate(
                    "as logged",
                    IntStream.range(0, lists.size())
                        .mapToObj(list -> IntStream.range(0, lists.length(list)).toArray())
                        .toList()));
  }
}
