package org.eglr.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tech.tablesaw.api.Table;

/** What looks wrong about own data, in words. Leaks are looked for in a sample of the lists. */
final class TableDoubts {

  private static final double ALMOST_ALL = 0.99;
  private static final double ORDERS = 0.9;
  private static final int SAMPLED_ROWS = 20_000;
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
    double auc = dense ? Giveaway.ofAmounts(column, sample) : Giveaway.ofNames(column, sample);
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
    double byPosition = Giveaway.withinLists(sample, (list, i) -> (double) i);
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
    double byTime = Giveaway.withinLists(sample, (list, i) -> time.moment(list.rows()[i]));
    if (Auc.eitherWay(byTime) > ORDERS) {
      doubts.add(
          "the times of column '%s' within a list tell which items were clicked (in %s of the pairs): is it the time of the click? The time of a list is that of its first row; take the one when it was shown"
              .formatted(roles.time, percent(Auc.eitherWay(byTime), 1)));
    }
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
