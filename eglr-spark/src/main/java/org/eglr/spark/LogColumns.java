package org.eglr.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.DataException;

/** What the columns of impressions mean, and the columns that cutting reads. */
final class LogColumns {

  static final String USER_ID = "userId";

  private final StructType rows;
  String list;
  String user;
  String item;
  String clicked;
  Double clickedAt;
  String time;
  String position;
  String label;
  boolean ids = true;
  boolean userId = true;
  final Map<String, Double> utility = new LinkedHashMap<>();
  final Set<String> userFields = new LinkedHashSet<>();
  final Set<String> itemFields = new LinkedHashSet<>();
  final List<String> order = new ArrayList<>();

  LogColumns(StructType rows) {
    this.rows = rows;
  }

  /** Refuses a name that is no column's. */
  String known(String role, String column) {
    Columns.place(rows, column, role);
    return column;
  }

  DataType type(String column) {
    return rows.apply(column).dataType();
  }

  /** Refuses what is incomplete. */
  void check(CutKind kind) {
    require(item != null, "the items have no column; name it by item");
    require(clicked != null, "the clicks have no column; name it by clicked");
    if (kind != CutKind.NAMED) {
      require(user != null, "the users have no column; name it by user");
      require(time != null, "the time has no column; name it by time");
      require(position == null, "a position is one in a list that rows name: it goes with list");
    }
    require(
        ids || !itemFields.isEmpty(),
        "withoutIds() leaves the items no field; name some by itemFields");
    require(
        !userFields.contains(clicked) && !itemFields.contains(clicked),
        "column '%s' is the label; as a field it would give the clicks away".formatted(clicked));
    DataType type = type(item);
    require(
        type instanceof StringType || type instanceof IntegralType,
        "item column '%s' is of type %s; it needs a string or a whole number"
            .formatted(item, type.simpleString()));
    EntityRows.check("user fields", struct(userFieldNames()));
    EntityRows.check("item fields", struct(itemFieldNames()));
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new DataException(problem);
    }
  }

  private StructType struct(Set<String> names) {
    StructType struct = new StructType();
    for (String name : names) {
      struct = struct.add(rows.apply(name));
    }
    return struct;
  }

  private Set<String> userFieldNames() {
    return withId(userId ? user : null, userFields);
  }

  private Set<String> itemFieldNames() {
    return withId(item, itemFields);
  }

  private Set<String> withId(String id, Set<String> fields) {
    Set<String> all = new LinkedHashSet<>();
    if (ids && id != null) {
      all.add(id);
    }
    all.addAll(fields);
    return all;
  }

  boolean hasUserFields() {
    return !userFieldNames().isEmpty();
  }

  /** Of rows that belong to a list or a user: see {@link LogRow}. Behind them what sorts. */
  Column[] read(CutKind kind) {
    Column itemText = Columns.of(item).cast("string");
    Column shown = shown();
    Column flag = flag();
    Column value = functions.when(shown, value()).otherwise(0.0);
    Column when =
        time == null ? functions.lit(null).cast("bigint") : Columns.time(time, type(time));
    Column problem =
        functions
            .when(itemText.isNull(), "an impression without an item")
            .when(
                functions.lit(kind != CutKind.NAMED).and(when.isNull()),
                "an impression without a time")
            .when(
                shown.and(flag.isNull()),
                functions.concat(
                    functions.lit("the click on item '"),
                    itemText,
                    functions.lit("' is none: "),
                    functions.coalesce(Columns.of(clicked).cast("string"), functions.lit("null"))))
            .when(
                value.lt(0).or(value.equalTo(Double.POSITIVE_INFINITY)),
                functions.concat(
                    functions.lit("the utility of item '"),
                    itemText,
                    functions.lit("' is below 0 or infinite")));
    List<Column> all =
        new ArrayList<>(
            List.of(
                Columns.of(kind == CutKind.NAMED ? list : user).as("key"),
                (user == null ? functions.lit(null).cast("string") : Columns.of(user)).as("user"),
                fields(userFieldNames(), null).as("fields"),
                when.as("time"),
                itemText.as("item"),
                functions.coalesce(flag, functions.lit(false)).as("clicked"),
                value.as("value"),
                shown.as("shown"),
                place().as("position"),
                fields(itemFieldNames(), label == null ? item : label).as("candidate"),
                problem.as("problem")));
    for (int o = 0; o < order.size(); o++) {
      all.add(Columns.of(order.get(o)).as("order" + o));
    }
    return all.toArray(Column[]::new);
  }

  /** How rows stand within a list or user; rows that are alike in all of it are the same. */
  Column[] sorted(CutKind kind, boolean descending) {
    List<String> by = new ArrayList<>(List.of(kind == CutKind.NAMED ? "position" : "time"));
    for (int o = 0; o < order.size(); o++) {
      by.add("order" + o);
    }
    by.addAll(List.of("item", "clicked", "value", "candidate", "fields"));
    List<Column> columns = new ArrayList<>(List.of(functions.col("key")));
    for (String name : by) {
      Column column = functions.col(name);
      columns.add(descending ? column.desc() : column.asc());
    }
    return columns.toArray(Column[]::new);
  }

  /** A struct of fields, which begins with a label where there is to be one. */
  private static Column fields(Set<String> names, String label) {
    List<Column> fields = new ArrayList<>();
    if (label != null) {
      fields.add(Columns.of(label).cast("string").as(RowRequests.LABEL));
    }
    names.stream()
        .filter(name -> !name.equals(RowRequests.LABEL))
        .map(Columns::of)
        .forEach(fields::add);
    return fields.isEmpty()
        ? functions.lit(null).cast("string")
        : functions.struct(fields.toArray(Column[]::new));
  }

  private Column shown() {
    return place().isNotNull().or(functions.lit(position == null));
  }

  /** Only numbers are places. */
  private Column place() {
    if (position == null) {
      return functions.lit(null).cast("double");
    }
    Column place = number("position", position);
    return functions.when(functions.not(functions.isnan(place)), place);
  }

  private Column number(String role, String column) {
    DataType type = type(column);
    require(
        type instanceof NumericType,
        "%s column '%s' is of type %s; it needs a number"
            .formatted(role, column, type.simpleString()));
    return Columns.of(column).cast("double");
  }

  private Column flag() {
    Column given = Columns.of(clicked);
    if (clickedAt != null) {
      Column number = number("clicked", clicked);
      return functions.when(functions.not(functions.isnan(number)), number.geq(clickedAt));
    }
    DataType type = type(clicked);
    if (type instanceof BooleanType) {
      return given;
    }
    require(
        type instanceof NumericType,
        "clicked column '%s' is of type %s; it needs a boolean or 0 and 1"
            .formatted(clicked, type.simpleString()));
    return functions.when(given.equalTo(0), false).when(given.equalTo(1), true);
  }

  /** What is missing is worth nothing. */
  private Column value() {
    Column sum = functions.lit(0.0);
    for (Map.Entry<String, Double> part : utility.entrySet()) {
      Column value = number("utility", part.getKey());
      Column known =
          functions.when(value.isNotNull().and(functions.not(functions.isnan(value))), value);
      sum = sum.plus(functions.coalesce(known, functions.lit(0.0)).multiply(part.getValue()));
    }
    return sum;
  }
}
