package org.eglr.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.data.ListSet;
import org.junit.jupiter.api.Test;

class FindingsTest {

  private static final ListSet LISTS = new World("ad", 5, 4, 2, 300, 3).splits().test();
  private static final String METRIC = "worth";

  private static double[] values(double mean, double spread, int from) {
    double[] values = new double[LISTS.size()];
    for (int list = 0; list < values.length; list++) {
      values[list] = mean + spread * Math.sin(from + 7 * list);
    }
    return values;
  }

  private static Entry entry(String system, double[]... seeds) {
    Map<Long, Run> runs = new LinkedHashMap<>();
    for (int s = 0; s < seeds.length; s++) {
      runs.put(s + 1L, new Run(Map.of(METRIC, seeds[s]), Map.of("seconds", s + 1.0)));
    }
    return Entry.of(system, runs, "base", "");
  }

  private static Finding of(List<Finding> all, String system, String metric) {
    return all.stream()
        .filter(f -> f.system().equals(system) && f.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  /** Against sums over users written out here. */
  @Test
  void differences_are_paired_and_their_error_is_over_users_and_seeds() {
    double[][] base = {values(1, 0.5, 0), values(1.1, 0.5, 3)};
    double[][] other = {values(1.2, 0.5, 5), values(1.4, 0.5, 9)};
    Findings findings = new Findings("here");
    findings.add(LISTS, List.of(entry("base", base), entry("other", other)));
    Finding found = of(findings.all(), "other", METRIC);
    int n = LISTS.size();
    double[] mean = new double[n];
    double[] bySeed = new double[2];
    for (int list = 0; list < n; list++) {
      for (int s = 0; s < 2; s++) {
        double difference = other[s][list] - base[s][list];
        mean[list] += difference / 2;
        bySeed[s] += difference / n;
      }
    }
    double gain = Arrays.stream(mean).average().orElseThrow();
    Map<Integer, Double> users = new LinkedHashMap<>();
    for (int list = 0; list < n; list++) {
      users.merge(LISTS.log().user(LISTS.logIndex(list)), mean[list] - gain, Double::sum);
    }
    double squares = users.values().stream().mapToDouble(r -> r * r).sum();
    double overUsers = squares * users.size() / (users.size() - 1.0) / n / n;
    double overSeeds = Math.pow(bySeed[0] - bySeed[1], 2) / 2 / 2;
    assertEquals(gain, found.gain(), 1e-12);
    assertEquals(Math.sqrt(overUsers + overSeeds), found.gainError(), 1e-12);
    assertEquals("base", found.against());
    assertEquals("", of(findings.all(), "base", METRIC).verdict(), "the baseline has none");
    assertEquals(1.5, of(findings.all(), "other", "seconds").value(), "numbers are averaged");
  }

  @Test
  void seeds_that_disagree_are_no_win_however_many_users_there_are() {
    double[] zero = values(1, 0.01, 0);
    double[] much = values(2, 0.01, 0);
    double[] little = values(0.5, 0.01, 0);
    Findings findings = new Findings("here");
    findings.add(
        LISTS,
        List.of(
            entry("base", zero, zero), entry("agree", much, much), entry("differ", much, little)));
    assertEquals("more", of(findings.all(), "agree", METRIC).verdict());
    assertEquals("same", of(findings.all(), "differ", METRIC).verdict());
  }

  @Test
  void p_is_corrected_for_all_rows_of_a_metric() {
    double[] base = values(1, 0.5, 0);
    double[] near = values(1.02, 0.5, 4);
    Findings two = new Findings("here");
    two.add(LISTS, List.of(entry("base", base), entry("a", near)));
    Findings many = new Findings("here");
    many.add(
        LISTS, List.of(entry("base", base), entry("a", near), entry("b", near), entry("c", near)));
    double alone = of(two.all(), "a", METRIC).p();
    assertTrue(alone > 0 && alone < 1, "p " + alone);
    assertEquals(Math.min(1, 3 * alone), of(many.all(), "a", METRIC).p(), 1e-12);
  }

  @Test
  void lists_without_a_value_are_left_out() {
    double[] some = values(1, 0, 0);
    some[0] = Double.NaN;
    Findings findings = new Findings("here");
    findings.add(LISTS, List.of(entry("base", some)));
    assertEquals(1, of(findings.all(), "base", METRIC).value());
  }

  @Test
  void the_random_gate_makes_as_many_tokens() {
    for (double tokens : new double[] {0, 0.3, 1.1, 2}) {
      double rate = GateRate.of(tokens, 2);
      assertEquals(tokens, rate + rate * rate, 1e-9);
    }
    assertEquals(0.4, GateRate.of(0.4, 1), 1e-9);
  }
}
