package org.eglr.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.Table;

/** What looks wrong about own data, in words. Leaks are looked for in a sample of the lists. */
final class TableDoubts {

  private static final double ALMOST_ALL = 0.99;
  private static final double ORDERS = 0.9;
  private static final int SAMPLED_ROWS = 20_000;
  private static final int ENOUGH = 10;
  private static final int MANY_CATEGORIES = 200;

  private final Table table;
  private final TableRoles roles;
  private final List<TableList> lists;
  private final List<String> doubts = new ArrayList<>();

  TableDoubts(Table table, TableRoles roles, List<TableList> lists) {
    this.table = table;
    this.roles = roles;
    this.lists = lists;
  }

  /**
   * @param tooShort how many lists were left out because they show one item or none
   * @param groups how many lists there were
   */
  List<String> all(int tooShort, int groups) {
    if (tooShort > 0) {
      doubts.add(
          String.format(
              Locale.ROOT,
              "%,d of %,d lists (%s) show fewer than 2 items and were left out: nothing can be re-ranked there",
              tooShort,
              groups,
              percent(tooShort, groups)));
    }
    long empty = lists.stream().filter(list -> clicks(list) == 0).count();
    if (empty > 0) {
      doubts.add(
          String.format(
              Locale.ROOT,
              "%,d of %,d lists (%s) have no click",
              empty,
              lists.size(),
              percent(empty, lists.size())));
    }
    List<TableList> sample = sample();
    order(sample);
    Set<String> fields = new HashSet<>();
    for (String name : roles.userFields) {
      feature(name, fields, sample);
    }
    for (String name : roles.itemFields) {
      feature(name, fields, sample);
    }
    return doubts;
  }

  private void feature(String name, Set<String> done, List<TableList> sample) {
    if (!done.add(name)) {
      return;
    }
    TableColumn column = new TableColumn(table, name, "a field");
    boolean dense =
        roles.dense.contains(name) || column.real() && !roles.categorical.contains(name);
    double auc = dense ? denseAuc(column, sample) : categoryAuc(column, sample);
    if (auc > ALMOST_ALL) {
      doubts.add(
          String.format(
              Locale.ROOT,
              "field '%s' alone tells clicks from the rest (AUC %.3f): it gives the label away; leave it out unless it is known before the list is shown",
              name,
              auc));
    }
    if (!dense && column.whole() && !roles.categorical.contains(name)) {
      Set<String> values = new HashSet<>();
      sample.forEach(
          list -> {
            for (int row : list.rows()) {
              values.add(column.category(row));
            }
          });
      if (values.size() > MANY_CATEGORIES) {
        doubts.add(
            String.format(
                Locale.ROOT,
                "field '%s' holds whole numbers, %,d different ones, which count as names; if they are amounts, declare it dense",
                name,
                values.size()));
      }
    }
  }

  /** Positions or times that follow from the clicks. */
  private void order(List<TableList> sample) {
    double byPosition = withinLists(sample, (list, i) -> (double) i);
    if (Auc.eitherWay(byPosition) > ALMOST_ALL) {
      doubts.add(
          "the order of the items tells which were clicked (in %s of the pairs): %s"
              .formatted(
                  percent(Auc.eitherWay(byPosition), 1),
                  roles.position == null
                      ? "are the table's rows sorted by clicks? Name the column of positions"
                      : "is '%s' really the position shown?".formatted(roles.position)));
    }
    if (roles.time == null) {
      return;
    }
    TableColumn time = new TableColumn(table, roles.time, "the time");
    double byTime = withinLists(sample, (list, i) -> time.moment(list.rows()[i]));
    if (Auc.eitherWay(byTime) > ORDERS) {
      doubts.add(
          "the times of column '%s' within a list tell which items were clicked (in %s of the pairs): is it the time of the click? The time of a list is that of its first row; take the one when it was shown"
              .formatted(roles.time, percent(Auc.eitherWay(byTime), 1)));
    }
  }

  private interface Value {
    /** Null where missing. */
    Double of(TableList list, int index);
  }

  /** Share of pairs (clicked, not clicked) of one list whose clicked one has the lesser value. */
  private static double withinLists(List<TableList> sample, Value value) {
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

  private static double denseAuc(TableColumn column, List<TableList> sample) {
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
  private static double categoryAuc(TableColumn column, List<TableList> sample) {
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

  private List<TableList> sample() {
    long shown = lists.stream().mapToLong(list -> list.clicks().length).sum();
    int step = (int) Math.max(1, shown / SAMPLED_ROWS);
    List<TableList> sample = new ArrayList<>();
    for (int l = 0; l < lists.size(); l += step) {
      sample.add(lists.get(l));
    }
    return sample;
  }

  private static int clicks(TableList list) {
    int clicks = 0;
    for (boolean click : list.clicks()) {
      clicks += click ? 1 : 0;
    }
    return clicks;
  }

  private static String percent(double part, double whole) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * part / whole);
  }
}
