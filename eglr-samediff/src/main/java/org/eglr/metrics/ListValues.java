package org.eglr.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;

/** Reports made of values that each list has, instead of lists. */
public final class ListValues {

  private ListValues() {}

  /** All metrics of a report: by name the value of each list. */
  public static Map<String, double[]> of(Report report) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    report.metrics().forEach(metric -> columns.put(metric.name(), report.perList(metric.name())));
    return columns;
  }

  /**
   * A report again.
   *
   * @param lists which lists the values are of, in their order
   * @param columns by metric the value of each list
   */
  public static Report report(String model, ListSet lists, Map<String, double[]> columns) {
    Clusters users = Clusters.of(lists);
    int withoutClick = 0;
    int allClicked = 0;
    for (int list = 0; list < lists.size(); list++) {
      int clicked = 0;
      for (int i = 0; i < lists.pool(list); i++) {
        clicked += lists.clicked(list, i) ? 1 : 0;
      }
      withoutClick += clicked == 0 ? 1 : 0;
      allClicked += clicked == lists.pool(list) ? 1 : 0;
    }
    List<Metric> metrics =
        columns.entrySet().stream().map(c -> users.mean(c.getKey(), c.getValue())).toList();
    ListCounts counts = new ListCounts(lists.size(), users.count(), withoutClick, allClicked);
    return new Report(
        model,
        lists.size(),
        metrics,
        Optional.empty(),
        Optional.of(new PerList(Map.copyOf(columns), users, counts)));
  }

  /**
   * The mean over lists and its standard error over users; lists without a value, NaN, are left
   * out.
   *
   * @param lists which lists the values are of, in their order
   * @param values one a list
   */
  public static Metric mean(String name, ListSet lists, double[] values) {
    int[] known =
        IntStream.range(0, values.length).filter(list -> !Double.isNaN(values[list])).toArray();
    int[] users = Arrays.stream(known).map(l -> lists.log().user(lists.logIndex(l))).toArray();
    double[] own = Arrays.stream(known).mapToDouble(list -> values[list]).toArray();
    return new Clusters(users).mean(name, own);
  }

  /**
   * The mean of several measurements of the same lists, list by list, added in the order given.
   *
   * @param all at least one, all with the same metrics
   */
  public static Map<String, double[]> mean(List<Map<String, double[]>> all) {
    Map<String, double[]> mean = new LinkedHashMap<>();
    for (String name : all.get(0).keySet()) {
      double[] sum = new double[all.get(0).get(name).length];
      all.forEach(one -> Arrays.setAll(sum, list -> sum[list] + one.get(name)[list]));
      Arrays.setAll(sum, list -> sum[list] / all.size());
      mean.put(name, sum);
    }
    return mean;
  }
}
