package org.eglr.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the columns of a table of impressions mean; one row of it is one candidate of one list.
 * {@link #list}, {@link #item} and {@link #clicked(String)} are needed, everything else may be left
 * out.
 */
public final class TableRoles {

  String list;
  String user;
  String item;
  String clicked;
  Double clickedAt;
  String position;
  String time;
  String label;
  boolean ids = true;
  final Map<String, Double> utility = new LinkedHashMap<>();
  final List<String> userFields = new ArrayList<>();
  final List<String> itemFields = new ArrayList<>();
  final Set<String> categorical = new LinkedHashSet<>();
  final Set<String> dense = new LinkedHashSet<>();

  TableRoles() {}

  /** The list (impression, session, search) that a row belongs to. */
  public TableRoles list(String column) {
    list = column;
    return this;
  }

  /**
   * Who saw the list; the same in all its rows. Without this column, and where it is missing, every
   * list has a user of its own.
   */
  public TableRoles user(String column) {
    user = column;
    return this;
  }

  /** The candidate; a list holds an item once. */
  public TableRoles item(String column) {
    item = column;
    return this;
  }

  /** Whether the item was clicked: true and false, or 1 and 0. */
  public TableRoles clicked(String column) {
    clicked = column;
    clickedAt = null;
    return this;
  }

  /** A number (rating, grade, seconds) that counts as a click from a least value on. */
  public TableRoles clicked(String column, double least) {
    clicked = column;
    clickedAt = least;
    return this;
  }

  /**
   * Where in its list the item was shown; a number, of which only the order matters. A row without
   * one is a candidate that was not shown. Without this column all rows were shown, in their order.
   */
  public TableRoles position(String column) {
    position = column;
    return this;
  }

  /**
   * When the list was shown: a number, a date or a time (text as in ISO 8601); its first row
   * counts. Data are split by it; without this column by the order of the lists in the table.
   */
  public TableRoles time(String column) {
    time = column;
    return this;
  }

  /**
   * What a list was worth: the sum of this column over the items shown, at least 0 for each; a
   * missing value counts as 0. Without one it is the number of clicks.
   */
  public TableRoles utility(String column) {
    return utility(column, 1);
  }

  /** As {@link #utility(String)}, times a weight; several columns are added up. */
  public TableRoles utility(String column, double weight) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new DataException(
          "utility('%s', %s): a weight is finite and at least 0".formatted(column, weight));
    }
    utility.put(column, weight);
    return this;
  }

  /** Attributes of the user or of the request (age, device); the same in all rows of a list. */
  public TableRoles userFields(String... columns) {
    userFields.addAll(Arrays.asList(columns));
    return this;
  }

  /** Attributes of the item, or of the item in this list (category, price, age of the offer). */
  public TableRoles itemFields(String... columns) {
    itemFields.addAll(Arrays.asList(columns));
    return this;
  }

  /** Fields whose numbers are names: as text, boolean and whole-number columns are anyway. */
  public TableRoles categorical(String... columns) {
    categorical.addAll(Arrays.asList(columns));
    return this;
  }

  /** Fields whose values are amounts: as columns of real numbers are anyway. */
  public TableRoles dense(String... columns) {
    dense.addAll(Arrays.asList(columns));
    return this;
  }

  /** What people call the item (a title). */
  public TableRoles label(String column) {
    label = column;
    return this;
  }

  /**
   * Leaves the columns of users and items out of the features: a model then knows them by their
   * fields alone, and new ones are as good as old ones.
   */
  public TableRoles withoutIds() {
    ids = false;
    return this;
  }

  /** Refuses roles that are incomplete or contradict each other. */
  void check() {
    require("list", list);
    require("item", item);
    require("clicked", clicked);
    Set<String> fields = new LinkedHashSet<>(userFields);
    fields.addAll(itemFields);
    for (Set<String> kinds : List.of(categorical, dense)) {
      for (String column : kinds) {
        if (!fields.contains(column)) {
          throw new DataException(
              "column '%s' is declared categorical or dense, but is no field: name it in userFields or itemFields"
                  .formatted(column));
        }
        if (categorical.contains(column) && dense.contains(column)) {
          throw new DataException(
              "column '%s' is declared both categorical and dense; keep one".formatted(column));
        }
      }
    }
    if (fields.contains(clicked)) {
      throw new DataException(
          "column '%s' is the label; as a field it would give the clicks away".formatted(clicked));
    }
    if (!ids && itemFields.isEmpty()) {
      throw new DataException("withoutIds() leaves the items no field; name some with itemFields");
    }
  }

  private static void require(String role, String column) {
    if (column == null) {
      throw new DataException(
          "the role '%s' has no column; list, item and clicked are needed: c -> c.%s(\"COLUMN\")"
              .formatted(role, role));
    }
  }
}
