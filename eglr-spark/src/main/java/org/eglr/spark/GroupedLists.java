package org.eglr.spark;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.DataException;
import org.eglr.data.Schema;

/**
 * Brings the rows of a list together: one row a list, whatever partitions its rows come from. The
 * pool is sorted, so that it does not depend on which row arrives first.
 */
final class GroupedLists {

  /** The column of how many different users a list's rows name; dropped in the end. */
  static final String USERS = "eglr users of the list";

  private final String group;
  private final String order; // null: by value
  private final String candidates;
  private final String user; // null: none
  private final List<String> fields;
  private final StructType rows;

  /**
   * @param before rows that hold a candidate each
   * @throws DataException if a column is not there, or named for two uses
   */
  GroupedLists(RerankParams<?> params, StructType before, Schema schema) {
    group = params.getOrDefault(params.groupCol());
    StructField id = before.fields()[Columns.place(before, group, "setGroupCol")];
    boolean ordered = params.isDefined(params.orderCol());
    order = ordered ? params.getOrDefault(params.orderCol()) : null;
    boolean named = params.isDefined(params.userCol());
    user = named ? params.getOrDefault(params.userCol()) : null;
    candidates = params.getOrDefault(params.candidatesCol());
    fields = fields(before, schema);
    StructType candidate = new StructType();
    for (String field : fields) {
      candidate = candidate.add(before.fields()[before.fieldIndex(field)]);
    }
    StructType after = new StructType().add(id);
    if (user != null) {
      after = after.add(before.fields()[Columns.place(before, user, "setUserCol")]);
    }
    if (Columns.has(after, candidates)) {
      throw new DataException(
          "the candidates cannot be called '%s', as the list's id or user; name another by setCandidatesCol"
              .formatted(candidates));
    }
    rows =
        after
            .add(candidates, DataTypes.createArrayType(candidate))
            .add(USERS, DataTypes.IntegerType);
  }

  /** What becomes part of a candidate: the order first, by which an array of structs sorts. */
  private List<String> fields(StructType before, Schema schema) {
    Set<String> all = new LinkedHashSet<>();
    if (order != null) {
      Columns.place(before, order, "setOrderCol");
      all.add(order);
    }
    schema.itemCategories().forEach(category -> all.add(category.field()));
    schema.itemValues().forEach(scaling -> all.add(scaling.field()));
    all.add(RowRequests.LABEL);
    all.removeIf(name -> !Columns.has(before, name)); // StructFields says what is not there
    return new ArrayList<>(all);
  }

  /** The rows as they are afterwards, {@link #USERS} last. */
  StructType rows() {
    return rows;
  }

  Dataset<Row> of(Dataset<Row> before) {
    Column id = Columns.of(group);
    Column candidate = functions.struct(fields.stream().map(Columns::of).toArray(Column[]::new));
    // Rows of no list are not collected into one: there may be any number of them.
    Column pool = functions.collect_list(functions.when(id.isNotNull(), candidate));
    Column sorted = functions.sort_array(pool).as(candidates);
    List<Column> after = new ArrayList<>(List.of(id, Columns.of(candidates)));
    if (user == null) {
      after.add(functions.lit(1).as(USERS));
      return before.groupBy(id).agg(sorted).select(after.toArray(Column[]::new));
    }
    Column different = Columns.of(USERS);
    after.add(1, functions.try_element_at(different, functions.lit(1)).as(user));
    after.add(functions.size(different).as(USERS));
    Column users = functions.collect_set(functions.when(id.isNotNull(), Columns.of(user)));
    return before.groupBy(id).agg(sorted, users.as(USERS)).select(after.toArray(Column[]::new));
  }
}
