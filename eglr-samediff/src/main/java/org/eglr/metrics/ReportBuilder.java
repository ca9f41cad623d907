package org.eglr.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eglr.data.ListSet;
import org.eglr.decode.EntropyProfile;

/** Takes the lists that a re-ranker made, one by one, and keeps of each its metrics only. */
public final class ReportBuilder {

  private static final int[] CUTS = {5, 10};

  private final String model;
  private final ListSet lists;
  private final Map<String, double[]> columns = new LinkedHashMap<>();
  private int withoutClick;
  private int allClicked;

  /**
   * @param model the re-ranker's name
   * @param lists whose labels, and truth if simulated, decide; a candidate that was not shown
   *     counts as not clicked
   */
  public ReportBuilder(String model, ListSet lists) {
    this.model = model;
    this.lists = lists;
  }

  /**
   * Adds the order of a list; each list must be added once.
   *
   * @param list its index in the set
   * @param order indices into its pool
   * @param score the evaluator's (eq. 18); NaN where there is no evaluator
   */
  public void add(int list, int[] order, double score) {
    boolean[] labels = new boolean[lists.pool(list)];
    int clicked = 0;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = lists.clicked(list, i);
      clicked += labels[i] ? 1 : 0;
    }
    withoutClick += clicked == 0 ? 1 : 0;
    allClicked += clicked == labels.length ? 1 : 0;
    boolean[] clicks = new boolean[order.length];
    for (int k = 0; k < order.length; k++) {
      clicks[k] = labels[order[k]];
    }
    for (int cut : CUTS) {
      put("MAP@" + cut, list, RankingMetrics.averagePrecision(clicks, cut));
    }
    for (int cut : CUTS) {
      put("NDCG@" + cut, list, RankingMetrics.ndcg(clicks, labels, cut));
    }
    put("clicks@5", list, RankingMetrics.clicks(clicks, 5));
    if (!Double.isNaN(score)) {
      put("evaluator score", list, score);
    }
    Optional<double[]> truth = lists.trueClickProbabilities(list, order);
    if (truth.isPresent()) {
      put("true clicks", list, Arrays.stream(truth.get()).sum());
      put("true DCG", list, RankingMetrics.dcg(truth.get()));
    }
  }

  private void put(String name, int list, double value) {
    columns.computeIfAbsent(name, n -> new double[lists.size()])[list] = value;
  }

  /**
   * @param profile of the decisions, if there were any
   */
  public Report build(Optional<EntropyProfile> profile) {
    Clusters users = Clusters.of(lists);
    List<Metric> metrics =
        columns.entrySet().stream().map(c -> users.mean(c.getKey(), c.getValue())).toList();
    ListCounts counts = new ListCounts(lists.size(), users.count(), withoutClick, allClicked);
    return new Report(
        model, lists.size(), metrics, profile, Optional.of(new PerList(columns, users, counts)));
  }
}
