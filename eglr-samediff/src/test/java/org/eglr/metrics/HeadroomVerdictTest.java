package org.eglr.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

  private static String verdict(double score, Double truth) {
    Report first = report("sorted alone", 1, truth == null ? null : 1.0);
    return new Headroom(new Comparison(List.of(first, report("local search", score, truth))))
        .verdict();
  }

  @Test
  void says_in_one_sentence_what_the_numbers_mean() {
    assertEquals(
        "the best lists found score +2.0 % ± 0.0 over sorting each item alone, below 5 %: no"
            + " generator and no reasoning could show anything on these data",
        verdict(1.02, null));
    assertEquals(
        "the best lists found score +12.0 % ± 0.0 over sorting each item alone: there is room for"
            + " a generator to show something; what pleases this evaluator is truly better (true"
            + " DCG +10.0 % ± 0.0)",
        verdict(1.12, 1.1));
    assertEquals(
        "the best lists found score +1.0 % ± 0.0 over sorting each item alone, below 5 %: no"
            + " generator and no reasoning could show anything on these data; pleasing this"
            + " evaluator makes lists truly worse (true DCG -8.0 % ± 0.0)",
        verdict(1.01, 0.92));
  }
}
