package org.eglr.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/** Makes exposure lists of any table whose columns have been given roles. */
final class TableLists {

  private static final double EXACT = 0x1p53;

  private final Table table;
  private final TableRows rows;
  private final TableColumn user;
  private final TableColumn item;
  private final TableFields userFields;
  private final TableEntities users;
  private final TableEntities items;
  private final TableRoles roles;
  private final Map<String, Integer> timelines = new HashMap<>();
  private final List<Integer> timelineOfUser = new ArrayList<>();
  private final List<TableList> lists = new ArrayList<>();
  private int tooShort;

  private TableLists(Table table, TableRoles roles) {
    this.table = table;
    this.roles = roles;
    rows = new TableRows(table, roles);
    user = roles.user == null ? null : new TableColumn(table, roles.user, "the user");
    item = new TableColumn(table, roles.item, "the item");
    userFields = new TableFields(table, roles, roles.userFields, "a user field");
    users = new TableEntities(userFields);
    items = new TableEntities(new TableFields(table, roles, roles.itemFields, "an item field"));
  }

  static ListLog read(Table table, TableRoles roles) {
    roles.check();
    if (table.rowCount() == 0) {
      throw new DataException(table.name() + ": the table has no rows");
    }
    return new TableLists(table, roles).read();
  }

  private ListLog read() {
    TableColumn list = new TableColumn(table, roles.list, "the list");
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      groups.computeIfAbsent(list.required(row), key -> new ArrayList<>()).add(row);
    }
    groups.forEach(this::add);
    if (lists.isEmpty()) {
      throw new DataException(
          "%s: none of the %,d lists shows 2 items or more; is '%s' the column of the lists, not one of rows?"
              .formatted(table.name(), groups.size(), roles.list));
    }
    return log(groups.size());
  }

  private void add(String key, List<Integer> group) {
    int[] shown = rows.shown(group);
    if (shown.length < 2) {
      tooShort++;
      return;
    }
    int[] all = rows.withOthers(shown, group);
    int[] pool = new int[all.length];
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < all.length; i++) {
      String id = item.required(all[i]);
      Integer first = seen.putIfAbsent(id, all[i]);
      if (first != null) {
        throw item.error(
            Math.max(first, all[i]),
            "stands in list '%s' already, in row %,d; a list holds an item once"
                .formatted(key, Math.min(first, all[i]) + 1));
      }
      pool[i] = items.of(id, id, all[i]);
    }
    lists.add(
        new TableList(
            all,
            rows.clicks(all, shown.length),
            userOf(key, group),
            pool,
            rows.time(group, lists.size()),
            rows.utility(shown)));
  }

  private int userOf(String list, List<Integer> group) {
    int first = group.get(0);
    String name = user == null ? null : user.category(first);
    List<Object> values = userFields.values(first);
    for (int row : group) {
      if (user != null && !String.valueOf(name).equals(String.valueOf(user.category(row)))) {
        throw differs(user, row, list, first);
      }
      List<Object> others = userFields.values(row);
      for (int f = 0; f < values.size(); f++) {
        if (!values.get(f).equals(others.get(f))) {
          throw differs(userFields.column(f), row, list, first);
        }
      }
    }
    int entity = users.of(name == null ? "user of list " + list : name, name, first);
    if (entity == timelineOfUser.size()) {
      timelineOfUser.add(timelines.computeIfAbsent(name, n -> timelines.size()));
    }
    return entity;
  }

  private static DataException differs(TableColumn column, int row, String list, int first) {
    return column.error(
        row,
        "differs from '%s' in row %,d of the same list '%s'; a list has one user: make lists that are distinct, or declare the column an item field"
            .formatted(
                DataException.printable(String.valueOf(column.category(first))), first + 1, list));
  }

  private ListLog log(int groups) {
    Entities userRows = users.build("users", user != null && roles.ids ? user.name() : null, null);
    TableColumn label =
        roles.label == null ? null : new TableColumn(table, roles.label, "the label");
    Entities itemRows = items.build("items", roles.ids ? item.name() : null, label);
    ListLog.Builder log = ListLog.builder(table.name(), userRows, itemRows);
    boolean whole =
        lists.stream()
            .allMatch(
                list -> list.time() == Math.rint(list.time()) && Math.abs(list.time()) < EXACT);
    for (TableList list : lists) {
      long when = whole ? (long) list.time() : Math.round(list.time() * 1e6);
      log.add(list.user(), when, list.pool(), list.clicks(), list.utility());
    }
    log.timelines(timelineOfUser.stream().mapToInt(Integer::intValue).toArray());
    log.warnings(new TableDoubts(table, roles, lists).all(tooShort, groups));
    return log.build();
  }
}
