package org.eglr.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eglr.data.ListSet;
import org.eglr.decode.EntropyProfile;

/** Measures given orders of a set of lists. */
public final class Evaluation {

  private static final int[] CUTS = {5, 10};

  private Evaluation() {}

  /**
   * A report on orders that some re-ranker made.
   *
   * @param model the re-ranker's name
   * @param lists whose labels, and truth if simulated, decide; a candidate that was not shown
   *     counts as not clicked
   * @param orders one order a list: indices into its pool
   * @param scores the evaluator's score of each order (eq. 18); empty where there is no evaluator
   * @param profile of the decisions, if there were any
   */
  public static Report report(
      String model,
      ListSet lists,
      List<int[]> orders,
      double[] scores,
      Optional<EntropyProfile> profile) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int list = 0; list < lists.size(); list++) {
      boolean[] labels = new boolean[lists.pool(list)];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = lists.clicked(list, i);
      }
      int[] order = orders.get(list);
      boolean[] clicks = new boolean[order.length];
      for (int k = 0; k < order.length; k++) {
        clicks[k] = labels[order[k]];
      }
      for (int cut : CUTS) {
        double precision = RankingMetrics.averagePrecision(clicks, cut);
        put(columns, "MAP@" + cut, lists.size(), list, precision);
      }
      for (int cut : CUTS) {
        double ndcg = RankingMetrics.ndcg(clicks, labels, cut);
        put(columns, "NDCG@" + cut, lists.size(), list, ndcg);
      }
      put(columns, "clicks@5", lists.size(), list, RankingMetrics.clicks(clicks, 5));
      if (scores.length > 0) {
        put(columns, "evaluator score", lists.size(), list, scores[list]);
      }
      Optional<double[]> truth = lists.trueClickProbabilities(list, order);
      if (truth.isPresent()) {
        double utility = Arrays.stream(truth.get()).sum();
        put(columns, "true clicks", lists.size(), list, utility);
        put(columns, "true DCG", lists.size(), list, RankingMetrics.dcg(truth.get()));
      }
    }
    List<Metric> metrics = new ArrayList<>();
    columns.forEach((name, values) -> metrics.add(metric(name, values)));
    return new Report(model, lists.size(), metrics, profile);
  }

  private static void put(
      Map<String, double[]> columns, String name, int size, int list, double value) {
    columns.computeIfAbsent(name, n -> new double[size])[list] = value;
  }

  private static Metric metric(String name, double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double error =
        values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1) / values.length);
    return new Metric(name, mean, error);
  }
}
