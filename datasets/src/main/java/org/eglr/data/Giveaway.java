package org.eglr.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How well one column alone tells clicks from the rest. */
final class Giveaway {

  private static final int ENOUGH = 10;

  private Giveaway() {}

  /** A number of an item in a list. */
  interface Value {
    /** Null where missing. */
    Double of(TableList list, int index);
  }

  /** Share of pairs (clicked, not clicked) of one list whose clicked one has the lesser value. */
  static double withinLists(List<TableList> sample, Value value) {
    double right = 0;
    long pairs = 0;
    for (TableList list : sample) {
      boolean[] clicks = list.clicks();
      for (int i = 0; i < clicks.length; i++) {
        for (int j = 0; clicks[i] && j < clicks.length; j++) {
          Double one = clicks[j] ? null : value.of(list, i);
          Double other = clicks[j] ? null : value.of(list, j);
          if (one != null && other != null && !one.equals(other)) {
            right += one < other ? 1 : 0;
            pairs++;
          }
        }
      }
    }
    return pairs < ENOUGH ? Double.NaN : right / pairs;
  }

  /** AUC of a dense field, missing values on the better side; 0 where there are too few clicks. */
  static double ofAmounts(TableColumn column, List<TableList> sample) {
    double best = 0;
    for (double missing : new double[] {-Double.MAX_VALUE, Double.MAX_VALUE}) {
      best =
          Math.max(
              best,
              auc(
                  sample,
                  row -> {
                    double value = column.number(row);
                    return Double.isNaN(value) ? missing : value;
                  }));
    }
    return best;
  }

  /** Click rates of the values in every other list, tried on the rest: no row tells of itself. */
  static double ofNames(TableColumn column, List<TableList> sample) {
    Map<String, double[]> counts = new HashMap<>();
    double[] total = new double[2];
    for (int l = 0; l < sample.size(); l += 2) {
      TableList list = sample.get(l);
      for (int i = 0; i < list.clicks().length; i++) {
        String value = String.valueOf(column.category(list.rows()[i]));
        double[] count = counts.computeIfAbsent(value, v -> new double[2]);
        count[0] += list.clicks()[i] ? 1 : 0;
        count[1]++;
        total[0] += list.clicks()[i] ? 1 : 0;
        total[1]++;
      }
    }
    double rate = total[1] == 0 ? 0 : total[0] / total[1];
    List<TableList> rest = new ArrayList<>();
    for (int l = 1; l < sample.size(); l += 2) {
      rest.add(sample.get(l));
    }
    return auc(
        rest,
        row -> {
          double[] count = counts.getOrDefault(String.valueOf(column.category(row)), new double[2]);
          return (count[0] + rate) / (count[1] + 1);
        });
  }

  private interface Score {
    double of(int row);
  }

  private static double auc(List<TableList> sample, Score score) {
    int shown = sample.stream().mapToInt(list -> list.clicks().length).sum();
    double[] scores = new double[shown];
    boolean[] clicked = new boolean[shown];
    int clicks = 0;
    int next = 0;
    for (TableList list : sample) {
      for (int i = 0; i < list.clicks().length; i++) {
        scores[next] = score.of(list.rows()[i]);
        clicked[next++] = list.clicks()[i];
        clicks += list.clicks()[i] ? 1 : 0;
      }
    }
    return clicks < ENOUGH || shown - clicks < ENOUGH ? 0 : Auc.eitherWay(Auc.of(scores, clicked));
  }
}
