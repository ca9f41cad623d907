package org.eglr.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadroomVerdictTest {

  private static final double[] BASE = {1, 2, 3, 2};

  private static Report report(String name, double score, Double truth) {
    double[] scores = Arrays.stream(BASE).map(v -> v * score).toArray();
    Map<String, double[]> columns = new java.util.LinkedHashMap<>(Map.of(Headroom.SCORE, scores));
    if (truth != null) {
      columns.put(Headroom.TRUTH, Arrays.stream(BASE).map(v -> v * truth).toArray());
    }
    Clusters users = new Clusters(new int[] {1, 2, 3, 4});
    List<Metric> metrics =
        columns.entrySet().stream().map(c -> users.mean(c.getKey(), c.getValue())).toList();
    return new Report(
        name,
        4,
        metrics,
        Optional.empty(),
        Optional.of(new PerList(columns, users, new ListCounts(4, 4, 0, 0))));
  }

  private static final String SEES =
      "; this evaluator sees the list (neighbours move its predictions by 10.0 %, context gain"
          + " +0.0300 ± 0.0196 nats a click)";

  private static String verdict(double score, Double truth) {
    return headroom(score, truth, evaluator(0.02, 0.03, Double.NaN)).verdict();
  }

  private static Headroom headroom(double score, Double truth, EvaluatorReport evaluator) {
    Report first = report("sorted alone", 1, truth == null ? null : 1.0);
    return new Headroom(
        new Comparison(List.of(first, report("local search", score, truth))), evaluator);
  }

  /** One of five items shown is clicked, errors are 0.01; a correlation of NaN: no truth. */
  private static EvaluatorReport evaluator(double spread, double gain, double correlation) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(new Metric(EvaluatorReport.SPREAD, spread, 0.01));
    metrics.add(new Metric(EvaluatorReport.GAIN, gain, 0.01));
    if (!Double.isNaN(correlation)) {
      metrics.add(new Metric(EvaluatorReport.CORRELATION, correlation, 0.01));
    }
    return new EvaluatorReport(4, 4, 20, 4, metrics, new Calibration(List.of()), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "0.02, 0.03, NaN, false, this evaluator sees the list",
    "0.02, 0.01, NaN, false, 'whether what this evaluator sees of neighbours is real does not'",
    "0.02, -0.03, NaN, false, what this evaluator sees of neighbours is wrong by held-out clicks",
    "0.0019, 0.0, NaN, true, this evaluator is blind to the list",
    "0.02, 0.01, 0.6, false, this evaluator sees the list",
    "0.02, 0.03, 0.1, true, this evaluator is blind to the list",
    "0.0019, 0.03, 0.9, true, this evaluator is blind to the list"
  })
  void says_whether_the_evaluator_sees_the_list(
      double spread, double gain, double correlation, boolean blind, String begins) {
    Headroom room = headroom(1.1, null, evaluator(spread, gain, correlation));
    assertEquals(blind, room.blind());
    assertTrue(room.sight().startsWith(begins), room.sight());
    assertTrue(room.verdict().endsWith("; " + room.sight()), room.verdict());
    boolean truth = !Double.isNaN(correlation);
    assertEquals(truth, room.sight().contains("with what they truly do"), room.sight());
  }

  @Test
  void says_in_one_sentence_what_the_numbers_mean() {
    assertEquals(
        "the best lists found score +2.0 % ± 0.0 over sorting each item alone, below 5 %: no"
            + " generator and no reasoning could show anything on these data"
            + SEES,
        verdict(1.02, null));
    assertEquals(
        "the best lists found score +12.0 % ± 0.0 over sorting each item alone: there is room for"
            + " a generator to show something; what pleases this evaluator is truly better (true"
            + " DCG +10.0 % ± 0.0)"
            + SEES,
        verdict(1.12, 1.1));
    assertEquals(
        "the best lists found score +1.0 % ± 0.0 over sorting each item alone, below 5 %: no"
            + " generator and no reasoning could show anything on these data; pleasing this"
            + " evaluator makes lists truly worse (true DCG -8.0 % ± 0.0)"
            + SEES,
        verdict(1.01, 0.92));
  }
}
